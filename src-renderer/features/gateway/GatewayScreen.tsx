import { Tabs } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { PageHeader } from '@renderer/components/PageHeader'
import { ScrollPage } from '@renderer/components/ScrollPage'
import { ConnectTab } from './ConnectTab'
import { GatewaySwitch } from './GatewaySwitch'
import { KeysTab } from './KeysTab'
import { RequestsTab } from './RequestsTab'
import { SettingsTab } from './SettingsTab'
import { gatewayTabs, tabOf } from './tabs'
import classes from './Gateway.module.css'

/** Fabula's models for other programs: whether it listens, who may ask, who asks now, and how a program is connected. */
export function GatewayScreen({ tab: asked }: { tab?: string | undefined }) {
  const { t } = useTranslation('gateway')
  const [, go] = useLocation()
  const gateway = useRoute('gateway.get', {})
  const tab = tabOf(asked)
  return (
    <>
      <PageHeader title={t('title')} />
      <ScrollPage centred>
        {gateway.isPending && <LoadingRows rows={3} />}
        {gateway.error && <ErrorNotice error={gateway.error} onRetry={() => void gateway.refetch()} />}
        {gateway.data && (
          <>
            <GatewaySwitch gateway={gateway.data} />
            <Tabs value={tab} onChange={(name) => go(`/gateway/${tabOf(name ?? undefined)}`)} keepMounted={false}>
              <Tabs.List aria-label={t('parts')}>
                {gatewayTabs.map((name) => (
                  <Tabs.Tab key={name} value={name}>
                    {t(`tabs.${name}`)}
                  </Tabs.Tab>
                ))}
              </Tabs.List>
              <Tabs.Panel value="connect" className={classes.panel}>
                <ConnectTab gateway={gateway.data} />
              </Tabs.Panel>
              <Tabs.Panel value="keys" className={classes.panel}>
                <KeysTab />
              </Tabs.Panel>
              <Tabs.Panel value="requests" className={classes.panel}>
                <RequestsTab listens={gateway.data.url !== null} />
              </Tabs.Panel>
              <Tabs.Panel value="settings" className={classes.panel}>
                <SettingsTab settings={gateway.data.settings} />
              </Tabs.Panel>
            </Tabs>
          </>
        )}
      </ScrollPage>
    </>
  )
}
