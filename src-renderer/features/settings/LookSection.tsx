import { SegmentedControl, Slider } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Preferences } from '@contract/entities/preferences'
import { Section } from '@renderer/components/Section'
import { usePreferences } from '@renderer/components/use-preferences'
import { SettingRow } from './SettingRow'
import classes from './SettingsScreen.module.css'

/** Language, theme and how the prose is set, with a sample that follows. */
export function LookSection() {
  const { t } = useTranslation('settings')
  const [preferences, change] = usePreferences()
  return (
    <Section title={t('look.title')}>
      <SettingRow label={t('look.language')}>
        <SegmentedControl<Preferences['language']>
          fullWidth
          aria-label={t('look.language')}
          value={preferences.language}
          onChange={(language) => change({ language })}
          data={[
            { value: 'system', label: t('look.system') },
            { value: 'en', label: 'English' },
            { value: 'ru', label: 'Русский' },
          ]}
        />
      </SettingRow>
      <SettingRow label={t('look.theme')}>
        <SegmentedControl<Preferences['theme']>
          fullWidth
          aria-label={t('look.theme')}
          value={preferences.theme}
          onChange={(theme) => change({ theme })}
          data={[
            { value: 'system', label: t('look.system') },
            { value: 'light', label: t('look.light') },
            { value: 'dark', label: t('look.dark') },
          ]}
        />
      </SettingRow>
      <ProseSettings preferences={preferences} change={change} />
    </Section>
  )
}

interface ProseSettingsProps {
  preferences: Preferences
  change: (change: Partial<Preferences>) => void
}

function ProseSettings({ preferences, change }: ProseSettingsProps) {
  const { t } = useTranslation('settings')
  // Followed while a slider is dragged; saved when it is let go.
  const [dragged, setDragged] = useState<{ proseSize?: number; measure?: number }>({})
  const size = dragged.proseSize ?? preferences.proseSize
  const measure = dragged.measure ?? preferences.measure
  const save = (part: Partial<Preferences>) => {
    change(part)
    setDragged({})
  }
  return (
    <>
      <SettingRow label={t('look.proseSize')} help={t('look.pixels', { count: size })}>
        <Slider
          min={14}
          max={26}
          value={size}
          label={null}
          thumbLabel={t('look.proseSize')}
          onChange={(proseSize) => setDragged({ proseSize })}
          onChangeEnd={(proseSize) => save({ proseSize })}
        />
      </SettingRow>
      <SettingRow label={t('look.measure')} help={t('look.characters', { count: measure })}>
        <Slider
          min={45}
          max={90}
          value={measure}
          label={null}
          thumbLabel={t('look.measure')}
          onChange={(measure) => setDragged({ measure })}
          onChangeEnd={(measure) => save({ measure })}
        />
      </SettingRow>
      <div className={classes.sample} style={{ fontSize: size }}>
        <p style={{ margin: 0, maxWidth: `${measure}ch` }}>{t('look.sample')}</p>
      </div>
    </>
  )
}
