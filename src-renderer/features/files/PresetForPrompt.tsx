import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useRoute } from '@renderer/api/queries'
import type { Choices } from './import-choices'
import classes from './Files.module.css'

/** Whose Writer gets an imported prompt: that of a new preset, or of one that is here. */
export function PresetForPrompt({
  choices: { preset },
  onChoose,
}: {
  choices: Choices
  onChoose: (change: Partial<Choices>) => void
}) {
  const { t } = useTranslation('files')
  const presets = useRoute('presets.list', {}).data ?? []
  const standard = presets.find(({ isDefault }) => isDefault)
  return (
    <section aria-label={t('prompt.title')}>
      <h3 className={classes.heading}>{t('prompt.title')}</h3>
      <p className={classes.help}>{t('prompt.help')}</p>
      <NativeSelect
        size="sm"
        aria-label={t('prompt.title')}
        value={preset ?? ''}
        data={[
          { value: '', label: standard ? t('prompt.new', { name: standard.name }) : '' },
          ...presets.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={({ currentTarget: { value } }) =>
          onChoose({ preset: presets.find(({ id }) => id === value)?.id ?? null })
        }
      />
    </section>
  )
}
