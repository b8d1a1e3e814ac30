import { Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './SettingRow.module.css'

interface Props {
  /** The setting's name. */
  name: string
  help: ReactNode
}

/** A small mark that tells what a setting does: under the pointer, on focus, and at a touch. */
export function HelpMark({ name, help }: Props) {
  const { t } = useTranslation('presets')
  return (
    <Tooltip label={help} multiline maw={280} position="top-start" events={{ hover: true, focus: true, touch: true }}>
      <button type="button" className={classes.mark} aria-label={t('form.help', { name })}>
        ?
      </button>
    </Tooltip>
  )
}
