import { NativeSelect, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useRoute } from '@renderer/api/queries'
import type { Choices } from './import-choices'
import classes from './Files.module.css'

interface Props {
  /** What a new world would be called. */
  newWorld: string
  choices: Choices
  onChoose: (change: Partial<Choices>) => void
}

/** Where characters and lore come into: a world that is here, or a new one. */
export function WorldForImport({ newWorld, choices: { world }, onChoose }: Props) {
  const { t } = useTranslation('files')
  const worlds = useRoute('worlds.list', {}).data ?? []
  const id = world && 'id' in world ? world.id : ''
  const name = world && 'name' in world ? world.name : newWorld
  const choose = (value: string) => {
    const found = worlds.find((one) => one.id === value)
    onChoose({ world: found ? { id: found.id } : null })
  }
  return (
    <section aria-label={t('world.title')}>
      <h3 className={classes.heading}>{t('world.title')}</h3>
      <p className={classes.help}>{t('world.help')}</p>
      <div className={classes.world}>
        <NativeSelect
          size="sm"
          aria-label={t('world.title')}
          value={id}
          data={[{ value: '', label: t('world.new') }, ...worlds.map((one) => ({ value: one.id, label: one.name }))]}
          onChange={(event) => choose(event.currentTarget.value)}
        />
        {id === '' && (
          <TextInput
            size="sm"
            aria-label={t('world.name')}
            maxLength={120}
            value={name}
            onChange={(event) => onChoose({ world: { name: event.currentTarget.value } })}
          />
        )}
      </div>
    </section>
  )
}
