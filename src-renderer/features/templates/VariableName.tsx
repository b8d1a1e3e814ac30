import { Button, TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { InputName, type TemplateContent } from '@contract/entities/template'
import { renameIn } from '@contract/jinja/rename'
import { useUnsaved } from '@renderer/components/use-unsaved'
import { useTakenNames } from './use-taken-names'
import classes from './Variables.module.css'

interface Props {
  name: string
  /** Whoever added it goes on with its name. */
  isNew: boolean
  content: TemplateContent
  onRename: (name: string, content: TemplateContent) => void
}

/** The name by which the texts use a variable. It is taken with Enter or on leaving, so that no half of a name is. */
export function VariableName({ name, isNew, content, onRename }: Props) {
  const { t } = useTranslation('templates')
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (!isNew) return
    field.current?.focus()
    field.current?.select()
  }, [isNew])
  const taken = useTakenNames()
  const [typed, setTyped] = useState<string | null>(null)
  const next = (typed ?? name).trim()
  const others = content.variables.filter((each) => each.name !== name)
  const renamed = next === name ? null : renameIn([content.system, content.user], new Map([[name, next]]))
  const problem = () => {
    if (!InputName.safeParse(next).success) return t(next === '' ? 'variables.nameNeeded' : 'variables.nameBad')
    if (others.some((each) => each.name === next)) return t('variables.nameTaken', { name: next })
    if (taken.has(next)) return t('variables.nameReserved', { name: next })
    return next !== name && renamed === null ? t('variables.nameSet', { name: next }) : null
  }
  const wrong = problem()
  useUnsaved(typed !== null && wrong !== null)
  const [system = content.system, user = content.user] = renamed ?? []
  const isUsed = system !== content.system || user !== content.user
  const differs = next !== name && wrong === null
  const take = (withTexts: boolean) => {
    const variables = content.variables.map((each) => (each.name === name ? { ...each, name: next } : each))
    onRename(next, { ...content, variables, ...(withTexts ? { system, user } : {}) })
  }
  return (
    <div className={classes.name}>
      <TextInput
        ref={field}
        label={t('variables.name')}
        description={t('variables.nameHelp', { name: `{{ ${next || 'name'} }}` })}
        classNames={{ input: classes.code }}
        autoComplete="off"
        spellCheck={false}
        maxLength={64}
        error={wrong}
        value={typed ?? name}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={() => {
          if (differs && !isUsed) take(false)
          else if (next === name) setTyped(null)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setTyped(null)
          if (event.key === 'Enter' && differs) take(isUsed)
        }}
      />
      {differs && isUsed && (
        <div className={classes.rename} role="group" aria-label={t('variables.renameLabel')}>
          <Button size="compact-sm" variant="default" onClick={() => take(true)}>
            {t('variables.renameAll')}
          </Button>
          <Button size="compact-sm" variant="subtle" color="gray" onClick={() => take(false)}>
            {t('variables.renameOnly')}
          </Button>
          <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setTyped(null)}>
            {t('variables.renameNot')}
          </Button>
        </div>
      )}
    </div>
  )
}
