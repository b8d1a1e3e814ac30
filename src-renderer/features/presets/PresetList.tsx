import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { PresetSummary } from '@contract/entities/preset'
import classes from './PresetList.module.css'

interface Props {
  presets: readonly PresetSummary[]
  openId: string | undefined
  onOpen: (id: string) => void
}

/** All presets; a menu where there is no room for a list. */
export function PresetList({ presets, openId, onOpen }: Props) {
  const { t } = useTranslation('presets')
  return (
    <>
      <nav className={classes.list} aria-label={t('title')}>
        {presets.map((preset) => (
          <Link
            key={preset.id}
            href={`/presets/${preset.id}`}
            className={classes.item}
            aria-current={preset.id === openId ? 'page' : undefined}
          >
            <span className={classes.name}>{preset.name}</span>
            <span className={classes.facts}>
              {[
                preset.isDefault ? t('list.default') : null,
                t('list.stories', { count: preset.stories }),
                t('list.rolesOn', { count: preset.rolesOn }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </Link>
        ))}
      </nav>
      <div className={classes.menu}>
        <NativeSelect
          aria-label={t('list.choose')}
          value={openId ?? ''}
          data={presets.map(({ id, name, isDefault }) => ({
            value: id,
            label: isDefault ? `${name} · ${t('list.default')}` : name,
          }))}
          onChange={(event) => onOpen(event.currentTarget.value)}
        />
      </div>
    </>
  )
}
