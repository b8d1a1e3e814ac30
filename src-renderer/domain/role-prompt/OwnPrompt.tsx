import { Button } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RolePrompt } from '@contract/entities/preset'
import type { RoleId, StoryId } from '@contract/ids'
import { TemplateEditor } from '@renderer/components/code-editor/TemplateEditor'
import { useLanguage } from '@renderer/components/use-local'
import { NameList } from './NameList'
import { ProblemList } from './ProblemList'
import { PromptTrial } from './PromptTrial'
import { useBuiltIn, useOrigin } from './use-built-in'
import { useProblems } from './use-problems'
import classes from './RolePrompt.module.css'
import { UnfoldButton } from './UnfoldButton'

interface Props {
  role: RoleId
  roleName: string
  /** The role works after turns, and not in them. */
  afterTurn: boolean
  prompt: RolePrompt
  /** In whose next turn it can be tried out; null where the writer chooses one. */
  storyId: StoryId | null
  onChange: (prompt: RolePrompt) => void
}

/** A prompt of the writer's own, in an editor, with what is wrong with it and how it stands to the built-in one. */
export function OwnPrompt({ role, roleName, afterTurn, prompt, storyId, onChange }: Props) {
  const { t } = useTranslation('prompts')
  const language = useLanguage()
  const [isShown, setShown] = useState(false)
  const origin = useOrigin(role, prompt)
  const known = useBuiltIn(role, 'en')?.variables
  const names = useMemo(() => known?.map(({ name, help }) => ({ name, help: help[language] })), [known, language])
  const checked = useProblems(role, prompt.text)
  const { now } = origin
  const keep = () => {
    if (now && prompt.madeOf) onChange({ ...prompt, madeOf: { ...prompt.madeOf, digest: now.digest } })
  }
  return (
    <>
      {origin.changed && (
        <p className={classes.changed}>
          <IconHistory size={15} stroke={1.6} aria-hidden />
          <span>{t('changed.text')}</span>
          <Button variant="default" size="compact-xs" onClick={keep}>
            {t('changed.keep')}
          </Button>
        </p>
      )}
      <TemplateEditor
        label={t('label', { role: roleName })}
        value={prompt.text}
        onChange={(text) => onChange({ ...prompt, text })}
        marks={checked.problems ?? undefined}
        names={names}
      />
      <ProblemList {...checked} />
      <PromptTrial role={role} afterTurn={afterTurn} roleName={roleName} text={prompt.text} storyId={storyId} />
      {now && (
        <>
          <UnfoldButton isShown={isShown} hide={t('changed.hide')} show={t('changed.show')} onChange={setShown} />
          {isShown && <TemplateEditor label={t('builtInLabel', { role: roleName })} value={now.text} />}
        </>
      )}
      {known && <NameList names={known} />}
    </>
  )
}
