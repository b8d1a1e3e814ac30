import { Button, Group, NumberInput, Radio, Stack, Switch, TagsInput, TextInput } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { GatewaySettings, defaultGatewaySettings, isLoopback } from '@contract/entities/gateway'
import { useCommand } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { notifyDone } from '@renderer/components/notify'
import classes from './Gateway.module.css'

/** All addresses of this computer. */
const EVERYWHERE = '0.0.0.0'

/** Where the gateway listens and whom it answers. */
export function SettingsTab({ settings }: { settings: GatewaySettings }) {
  // Settings that were saved elsewhere are shown at once.
  return <SettingsForm key={JSON.stringify(settings)} settings={settings} />
}

type Draft = Omit<GatewaySettings, 'port'> & { port: number | string }
type WrongField = 'port' | 'address' | 'origins'

function SettingsForm({ settings }: { settings: GatewaySettings }) {
  const { t } = useTranslation(['gateway', 'common'])
  const [draft, setDraft] = useState<Draft>(settings)
  const [wrong, setWrong] = useState<WrongField | null>(null)
  const change = useCommand('gateway.change', { onSuccess: () => notifyDone(t('settings.saved')) })
  const isOpen = !isLoopback(draft.address)
  const changed = JSON.stringify(draft) !== JSON.stringify(settings)
  const set = (part: Partial<Draft>) => {
    setDraft({ ...draft, ...part })
    setWrong(null)
  }
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    const read = GatewaySettings.safeParse({ ...draft, keyNeeded: isOpen || draft.keyNeeded })
    if (read.success) return change.mutate(read.data)
    const field = read.error.issues[0]?.path[0]
    setWrong(field === 'address' || field === 'origins' ? field : 'port')
  }
  return (
    <form onSubmit={submit} className={`${classes.form} ${classes.measure}`} noValidate>
      <NumberInput
        label={t('settings.port')}
        description={t('settings.portHelp', { port: defaultGatewaySettings.port })}
        value={draft.port}
        classNames={{ wrapper: classes.short }}
        allowDecimal={false}
        allowNegative={false}
        error={wrong === 'port' && t('settings.wrongPort')}
        onChange={(port) => set({ port })}
      />
      <Radio.Group
        label={t('settings.reach')}
        value={isOpen ? 'network' : 'here'}
        onChange={(reach) => set({ address: reach === 'here' ? defaultGatewaySettings.address : EVERYWHERE })}
      >
        <Stack gap={8} mt={6}>
          <Radio value="here" label={t('settings.here')} />
          <Radio value="network" label={t('settings.network')} description={t('settings.networkHelp')} />
        </Stack>
      </Radio.Group>
      {isOpen && (
        <TextInput
          label={t('settings.address')}
          description={t('settings.addressHelp', { everywhere: EVERYWHERE })}
          value={draft.address}
          classNames={{ wrapper: classes.short }}
          error={wrong === 'address' && t('settings.wrongAddress')}
          onChange={(event) => set({ address: event.currentTarget.value })}
        />
      )}
      <Switch
        label={t('settings.keyNeeded')}
        description={t(isOpen ? 'settings.keyAlways' : 'settings.keyNeededHelp')}
        checked={isOpen || draft.keyNeeded}
        disabled={isOpen}
        onChange={(event) => set({ keyNeeded: event.currentTarget.checked })}
      />
      <TagsInput
        label={t('settings.origins')}
        description={t('settings.originsHelp')}
        placeholder={draft.origins.length === 0 ? 'http://localhost:3000' : ''}
        value={draft.origins}
        error={wrong === 'origins' && t('settings.wrongOrigin')}
        onChange={(origins) => set({ origins })}
      />
      {change.error && <ErrorNotice error={change.error} />}
      <Group>
        <Button type="submit" disabled={!changed} loading={change.isPending}>
          {t('common:save')}
        </Button>
      </Group>
    </form>
  )
}
