import { IconHistory, IconPencil } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { EffectiveRole, Override } from '@contract/entities/effective'
import type { ModelKind } from '@contract/entities/model'
import type { StoryId } from '@contract/ids'
import { differencesOf } from '@renderer/domain/role-form/differences'
import { useProviders } from '@renderer/domain/use-providers'
import { useFieldWords } from '@renderer/domain/role-form/use-field-words'
import classes from './CastPanel.module.css'

export interface RoleDifferencesProps {
  storyId: StoryId
  view: EffectiveRole
  kind: ModelKind
}

/** The rest is counted: the settings of the role show them all. */
const MOST_SHOWN = 3

/** In what a role of this story is not as its preset says; leads to where that is changed. */
export function RoleDifferences({ storyId, view, kind }: RoleDifferencesProps) {
  const { t } = useTranslation('story-settings')
  const wordsOf = useFieldWords()
  const providers = useProviders().data
  const provider = providers?.find(({ id }) => id === view.fields['providerId']?.value)
  const differences = differencesOf(view)
  if (differences.length === 0) return null
  const shown = differences.slice(0, MOST_SHOWN)
  const more = differences.length - shown.length

  const words = (path: string, { value, inherited }: Override) => {
    if (path === 'enabled') return t(value === true ? 'cast.on' : 'cast.off')
    const { name, show } = wordsOf(path, kind, provider)
    if (value === null) return t('cast.unset', { name, preset: inherited === null ? '–' : show(inherited) })
    if (inherited === null) return t('cast.added', { name, here: show(value) })
    return t('cast.both', { name, here: show(value), preset: show(inherited) })
  }
  return (
    <Link href={`/stories/${storyId}/settings/${view.role}`} className={classes.differences}>
      {shown.map(({ path, outdated }) => {
        const override = view.overrides[path]
        return (
          <span key={path} className={classes.difference}>
            {outdated ? (
              <IconHistory size={13} stroke={1.6} aria-label={t('cast.outdated')} />
            ) : (
              <IconPencil size={13} stroke={1.6} aria-hidden />
            )}
            <span>{override && words(path, override)}</span>
          </span>
        )
      })}
      {more > 0 && <span className={classes.difference}>{t('cast.more', { count: more })}</span>}
    </Link>
  )
}
