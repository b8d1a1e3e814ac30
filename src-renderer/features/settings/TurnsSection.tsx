import { Button, NumberInput } from '@mantine/core'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Preferences } from '@contract/entities/preferences'
import { useCommand, useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { useFormat } from '@renderer/components/format'
import { notifyDone, notifyError } from '@renderer/components/notify'
import { Section } from '@renderer/components/Section'
import { useConfirm } from '@renderer/components/use-confirm'
import { usePreferences } from '@renderer/components/use-preferences'
import { SettingRow } from './SettingRow'
import classes from './SettingsScreen.module.css'

/** How long it is kept what turns sent and got, how much room that takes, and a way to forget it at once. */
export function TurnsSection() {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const [preferences, change] = usePreferences()
  const room = useRoute('turns.room', {})
  const { confirm, dialog } = useConfirm()
  const clear = useCommand('turns.clear', { onError: notifyError, onSuccess: () => notifyDone(t('turns.cleared')) })
  const forget = async () => {
    const question = { title: t('turns.clearTitle'), text: t('turns.clearText'), action: t('turns.clearAction') }
    if (await confirm(question)) clear.mutate({})
  }
  return (
    <Section title={t('turns.title')}>
      <p className={classes.help}>{t('turns.help')}</p>
      <Limit
        label={t('turns.most')}
        help={t('turns.mostHelp')}
        value={preferences.turnsKept}
        onChange={(turnsKept) => change({ turnsKept })}
      />
      <Limit
        label={t('turns.megabytes')}
        unit={t('turns.unit')}
        value={preferences.turnMegabytes}
        onChange={(turnMegabytes) => change({ turnMegabytes })}
      />
      {room.error && <ErrorNotice error={room.error} onRetry={() => void room.refetch()} />}
      {room.data && (
        <SettingRow
          label={t('turns.usedNow')}
          help={t('turns.used', {
            count: room.data.turns,
            shown: format.number(room.data.turns),
            size: format.bytes(room.data.bytes),
          })}
        >
          <Button
            variant="default"
            disabled={room.data.turns === 0}
            loading={clear.isPending}
            onClick={() => void forget()}
          >
            {t('turns.clear')}
          </Button>
        </SettingRow>
      )}
      {dialog}
    </Section>
  )
}

interface LimitProps {
  label: string
  help?: string
  unit?: string
  value: Preferences['turnsKept']
  onChange: (value: number) => void
}

/** A number between the limits' limits; what is typed is kept when the field is left. */
function Limit({ label, help, unit, value, onChange }: LimitProps) {
  const id = useId()
  const format = useFormat()
  const [typed, setTyped] = useState<string | number | null>(null)
  return (
    <SettingRow label={label} labelId={id} {...(help === undefined ? {} : { help })}>
      <NumberInput
        aria-labelledby={id}
        min={10}
        max={100_000}
        allowDecimal={false}
        thousandSeparator={format.thousands}
        suffix={unit === undefined ? '' : ` ${unit}`}
        value={typed ?? value}
        onChange={setTyped}
        onBlur={() => {
          const number = Number(typed)
          if (typed !== null && typed !== '' && Number.isInteger(number))
            onChange(Math.min(100_000, Math.max(10, number)))
          setTyped(null)
        }}
      />
    </SettingRow>
  )
}
