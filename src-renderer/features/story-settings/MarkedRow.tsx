import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Mark } from '@renderer/domain/settings-form/origin'
import { ResetButton } from '@renderer/domain/settings-form/ResetButton'
import { SettingRow } from '@renderer/domain/settings-form/SettingRow'

interface Props {
  name: string
  help: string
  mark: Mark | undefined
  children: ReactNode
}

/** A setting that no schema draws, with how its value stands. */
export function MarkedRow({ name, help, mark, children }: Props) {
  const { t } = useTranslation('presets')
  return (
    <SettingRow
      name={name}
      help={help}
      note={mark?.note}
      origin={
        <>
          <span>{mark?.origin ?? t('form.notSet')}</span>
          {mark?.reset && <ResetButton name={name} reset={mark.reset.label} onClick={mark.reset.run} />}
        </>
      }
    >
      {children}
    </SettingRow>
  )
}
