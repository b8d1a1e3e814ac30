import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { InputName, type TemplateContent } from '@contract/entities/template'
import { newVariable } from '@contract/entities/new-variable'
import { guessedType } from '@contract/jinja/guessed-type'
import type { ChangeContent } from './use-template-draft'
import type { Check } from './use-check'
import classes from './Write.module.css'

interface Props {
  content: TemplateContent
  check: Check
  onChange: ChangeContent
}

/** Names that the texts use and nothing gives them, each with the way to ask for it; and variables that are asked for in vain. */
export function MissingNames({ content, check, onChange }: Props) {
  const { t, i18n } = useTranslation('templates')
  const own = new Set(content.variables.map(({ name }) => name))
  const missing = check.missing.filter((name) => InputName.safeParse(name).success && !own.has(name))
  const unused = check.unused.filter((name) => own.has(name))
  const add = (name: string) =>
    onChange((before) => {
      const variable = newVariable(guessedType(name, [before.system, before.user]), name)
      return { ...before, variables: [...before.variables, variable] }
    })
  if (missing.length === 0 && unused.length === 0) return null
  return (
    <div className={classes.names}>
      {missing.map((name) => (
        <Button
          key={name}
          variant="default"
          size="compact-sm"
          leftSection={<IconPlus size={14} stroke={1.6} aria-hidden />}
          onClick={() => add(name)}
        >
          {t('write.addVariable', { name })}
        </Button>
      ))}
      {unused.length > 0 && (
        <p className={classes.unused}>
          {t('write.unused', { count: unused.length, names: new Intl.ListFormat(i18n.language).format(unused) })}
        </p>
      )}
    </div>
  )
}
