import { useTranslation } from 'react-i18next'
import { RolePrompt } from '@contract/entities/preset'
import type { JsonValue } from '@contract/values'
import { differenceOf } from './prompt-words'
import classes from './RolePrompt.module.css'

/** A prompt beside another one: the first lines in which the two differ, as it is mostly long and much the same. */
export function ComparedPrompt({ value, other }: { value: JsonValue; other: JsonValue }) {
  const { t } = useTranslation('prompts')
  const prompt = RolePrompt.safeParse(value).data
  if (!prompt) return t('origin.builtIn')
  const { line, words } = differenceOf(prompt.text, RolePrompt.safeParse(other).data?.text ?? '')
  return (
    <>
      {line > 1 && <span className={classes.from}>{t('compare.from', { line })}</span>}
      <span className={classes.compared}>{words === '' ? '–' : words}</span>
    </>
  )
}
