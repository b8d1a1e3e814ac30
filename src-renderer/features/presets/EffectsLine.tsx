import { Anchor, Button } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { StoryEffect } from '@contract/entities/effective'
import type { Role } from '@contract/entities/preset'
import type { Provider } from '@contract/entities/provider'
import { useFieldWords } from '@renderer/domain/role-form/use-field-words'
import { useLanguage, useLocal } from '@renderer/components/use-local'
import classes from './EffectsLine.module.css'

interface Props {
  role: Role
  provider: Provider | undefined
  effects: readonly StoryEffect[]
  onUndo: () => void
}

/** What the changes of a role do to the stories based on the preset, with their names on demand. */
export function EffectsLine({ role, provider, effects, onUndo }: Props) {
  const { t } = useTranslation('presets')
  const common = useTranslation('common').t
  const local = useLocal()
  const language = useLanguage()
  const words = useFieldWords()
  const listId = useId()
  const [open, setOpen] = useState(false)
  const reached = effects.filter(({ reaches }) => reaches.length > 0).length
  const keeping = effects.filter(({ keeps }) => keeps.length > 0).length
  const fields = (paths: readonly string[]) =>
    new Intl.ListFormat(language).format([
      ...new Set(paths.map((path) => words(path, role.kind, provider).name.toLocaleLowerCase(language))),
    ])
  return (
    <div className={classes.effects} data-empty={effects.length === 0 || undefined}>
      <div className={classes.line}>
        <p role="status" className={classes.words}>
          {effects.length > 0 && (
            <>
              <IconInfoCircle size={16} stroke={1.6} aria-hidden />
              <span>
                {local(role.name)}:{' '}
                {[
                  reached > 0 ? t('effects.reaches', { count: reached }) : null,
                  keeping > 0 ? t('effects.keeps', { count: keeping }) : null,
                ]
                  .filter(Boolean)
                  .join(' ')}
              </span>
            </>
          )}
        </p>
        {effects.length > 0 && (
          <>
            <Button
              variant="subtle"
              color="gray"
              size="compact-sm"
              aria-expanded={open}
              aria-controls={listId}
              onClick={() => setOpen(!open)}
            >
              {t(open ? 'effects.hide' : 'effects.which')}
            </Button>
            <Button variant="subtle" color="gray" size="compact-sm" onClick={onUndo}>
              {common('undo')}
            </Button>
          </>
        )}
      </div>
      <ul id={listId} className={classes.stories} hidden={!open || effects.length === 0}>
        {effects.map(({ storyId, title, reaches, keeps }) => (
          <li key={storyId}>
            <Anchor component={Link} href={`/stories/${storyId}`}>
              {title}
            </Anchor>{' '}
            {[
              reaches.length > 0 ? t('effects.changes', { fields: fields(reaches) }) : null,
              keeps.length > 0 ? t('effects.own', { fields: fields(keeps) }) : null,
            ]
              .filter(Boolean)
              .join('; ')}
          </li>
        ))}
      </ul>
    </div>
  )
}
