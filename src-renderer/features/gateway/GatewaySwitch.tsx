import { Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { isLoopback, type Gateway } from '@contract/entities/gateway'
import { useCommand } from '@renderer/api/queries'
import { CopyText } from '@renderer/components/CopyText'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { notifyError } from '@renderer/components/notify'
import { StateDot } from '@renderer/components/StateDot'
import classes from './Gateway.module.css'

/** Switches the gateway on and off, and says where it listens or why it does not. */
export function GatewaySwitch({ gateway }: { gateway: Gateway }) {
  const { t } = useTranslation('gateway')
  const { settings, switchedOn, url, problem } = gateway
  const change = useCommand('gateway.switch', { onError: notifyError })
  const state = url !== null ? 'up' : problem ? 'trouble' : 'unknown'
  return (
    <section aria-label={t('state.label')} className={classes.state}>
      <p className={classes.intro}>{t('intro')}</p>
      <div className={classes.switchLine}>
        <Switch
          label={t('state.switch')}
          checked={switchedOn}
          disabled={change.isPending}
          onChange={(event) => change.mutate({ on: event.currentTarget.checked })}
        />
        <span className={classes.stateLine} role="status">
          <StateDot state={state} />
          {url === null ? t(problem ? 'state.stuck' : 'state.off') : t('state.listens')}
          {url !== null && (
            <>
              <code className={classes.address}>{url}</code>
              <CopyText text={url} label={t('state.copy')} />
            </>
          )}
        </span>
      </div>
      {url !== null && !isLoopback(settings.address) && <p className={classes.warning}>{t('state.open')}</p>}
      {problem && <ErrorNotice error={problem} onRetry={() => change.mutate({ on: true })} />}
    </section>
  )
}
