import { Radio, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './RolePanel.module.css'

interface Props {
  useMainForUnset: boolean
  onChange: (useMainForUnset: boolean) => void
}

/** What happens to the work of roles that are off. */
export function FallbackPanel({ useMainForUnset, onChange }: Props) {
  const { t } = useTranslation('presets')
  return (
    <div className={classes.panel}>
      <Radio.Group
        label={t('fallback.question')}
        value={useMainForUnset ? 'main' : 'skip'}
        onChange={(chosen) => onChange(chosen === 'main')}
      >
        <Stack gap="sm" mt="sm">
          <Radio value="main" label={t('fallback.main')} description={t('fallback.mainHelp')} />
          <Radio value="skip" label={t('fallback.skip')} description={t('fallback.skipHelp')} />
        </Stack>
      </Radio.Group>
    </div>
  )
}
