import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Server } from '@contract/entities/server'
import { useErrorText } from '@renderer/components/error-text'
import { useFormat } from '@renderer/components/format'
import { StateDot } from '@renderer/components/StateDot'
import rows from '@renderer/components/Rows.module.css'
import { useAbilityNames } from '@renderer/domain/use-ability-names'
import { dotOf, stateOf } from './server-state'
import classes from './ServerStatus.module.css'

/** How the server stands, why it does not answer if it does not, and what it is good for. */
export function ServerStatus({ server, onEdit }: { server: Server; onEdit: () => void }) {
  const { t } = useTranslation('servers')
  const format = useFormat()
  const errorText = useErrorText()
  const abilities = useAbilityNames()(server.capabilities)
  const state = stateOf(server)
  const facts = [
    t(`state.${state}`),
    server.version !== null && t('page.version', { version: server.version }),
    server.isDefault && t('list.default'),
    server.maxConcurrent !== null && t('page.limit', { count: server.maxConcurrent }),
    server.lastChecked !== null && t('page.checked', { ago: format.ago(server.lastChecked) }),
  ].filter(Boolean)
  const problem = server.active && server.available === false && server.problem ? errorText(server.problem) : null
  const secret = state === 'needsSecret' || state === 'needsAuth' || state === 'wrongAuth'
  return (
    <div className={classes.status}>
      <p className={classes.statusLine}>
        <StateDot state={dotOf(state)} />
        {facts.join(' · ')}
      </p>
      {abilities.length > 0 && <p className={rows.soft}>{t('page.abilities', { list: abilities.join(', ') })}</p>}
      {problem && !secret && (
        <p className={rows.trouble}>
          {problem.what} {problem.why} {problem.next}
        </p>
      )}
      {secret && (
        <p className={rows.trouble}>
          {t(`secret.${state}`)}{' '}
          <Button variant="default" size="compact-xs" onClick={onEdit}>
            {t('secret.enter')}
          </Button>
        </p>
      )}
    </div>
  )
}
