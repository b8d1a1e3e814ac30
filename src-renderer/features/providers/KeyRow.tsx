import { Button, Menu } from '@mantine/core'
import { IconAlertTriangle, IconKey, IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Token, TokenCheck } from '@contract/entities/token'
import type { TokenId } from '@contract/ids'
import { request } from '@renderer/api/bridge'
import { useCommand } from '@renderer/api/queries'
import { MoreMenu } from '@renderer/components/MoreMenu'
import { useFormat } from '@renderer/components/format'
import { notifyDone, notifyError } from '@renderer/components/notify'
import { TokenStateText } from '@renderer/domain/TokenStateText'
import { useDelete } from '@renderer/components/use-delete'
import rows from '@renderer/components/Rows.module.css'
import { KeyUsers } from './KeyUsers'
import { RenameKey } from './RenameKey'
import { ReplaceKeyDialog } from './ReplaceKeyDialog'
import { SimulateDialog } from './SimulateDialog'
import { SimulationBadge } from './SimulationBadge'
import { useSimulation } from './use-simulation'

/** One key by name, last four characters and state. The key itself is never shown again. */
export function KeyRow({ token }: { token: Token }) {
  const { t } = useTranslation('providers')
  const format = useFormat()
  const [doing, setDoing] = useState<'rename' | 'replace' | 'simulate' | null>(null)
  const target = { kind: 'token', tokenId: token.id } as const
  const simulated = useSimulation(target)
  const check = useCommand('tokens.check', {
    onSuccess: (found) =>
      notifyDone(
        found.answersWithoutKey
          ? t('keys.unproven', { name: token.name })
          : [t('keys.works', { name: token.name }), ...factsOf(found)].join(' · ')
      ),
    onError: notifyError,
  })
  const factsOf = ({ models, creditLeft, creditLimit }: TokenCheck): string[] => {
    const facts: string[] = []
    if (models !== null) facts.push(t('list.models', { count: models, shown: format.number(models) }))
    if (creditLeft !== null) {
      const credit = format.cost(creditLeft)
      facts.push(
        creditLimit === undefined
          ? t('keys.credit', { credit })
          : t('keys.creditOf', { credit, limit: format.cost(creditLimit) })
      )
    }
    return facts
  }
  const used = token.lastUsedAt === null ? t('keys.neverUsed') : t('keys.used', { ago: format.ago(token.lastUsedAt) })

  return (
    <li className={rows.row}>
      <div className={rows.grow}>
        {doing === 'rename' ? (
          <RenameKey token={token} onDone={() => setDoing(null)} />
        ) : (
          <>
            <span className={rows.name}>{token.name}</span>{' '}
            {token.last4 !== '' && <span className={rows.soft}>···{token.last4}</span>}{' '}
            {simulated.simulation && <SimulationBadge failure={simulated.simulation.failure} />}
            <div className={rows.soft}>
              <TokenStateText token={token} /> · {[used, ...(check.data ? factsOf(check.data) : [])].join(' · ')}
            </div>
          </>
        )}
      </div>
      {token.needsKey ? (
        <Button variant="default" size="xs" onClick={() => setDoing('replace')}>
          {t('keys.pasteAgain')}
        </Button>
      ) : (
        <Button
          variant="default"
          size="xs"
          loading={check.isPending}
          aria-label={t('keys.checkNamed', { name: token.name })}
          onClick={() => check.mutate({ id: token.id })}
        >
          {t('keys.check')}
        </Button>
      )}
      <KeyMenu
        token={token}
        simulating={simulated.simulation !== undefined}
        onRename={() => setDoing('rename')}
        onReplace={() => setDoing('replace')}
        onSimulate={() => (simulated.simulation ? simulated.end() : setDoing('simulate'))}
      />
      <ReplaceKeyDialog token={token} opened={doing === 'replace'} onClose={() => setDoing(null)} />
      <SimulateDialog target={target} name={token.name} opened={doing === 'simulate'} onClose={() => setDoing(null)} />
    </li>
  )
}

const usersText = async (id: TokenId) => <KeyUsers users={await request('tokens.users', { id })} />

interface KeyMenuProps {
  token: Token
  simulating: boolean
  onRename: () => void
  onReplace: () => void
  /** Begins a simulated failure, or ends it. */
  onSimulate: () => void
}

function KeyMenu({ token, simulating, onRename, onReplace, onSimulate }: KeyMenuProps) {
  const { t } = useTranslation(['providers', 'common'])
  const deletion = useDelete({
    title: t('keys.deleteTitle', { name: token.name }),
    text: () => usersText(token.id),
    remove: () => request('tokens.delete', { id: token.id }),
    done: t('keys.deleted', { name: token.name }),
  })
  const icon = { size: 16, stroke: 1.5, 'aria-hidden': true }
  return (
    <MoreMenu label={t('keys.more', { name: token.name })} deletion={deletion}>
      <Menu.Item leftSection={<IconPencil {...icon} />} onClick={onRename}>
        {t('common:rename')}
      </Menu.Item>
      <Menu.Item leftSection={<IconKey {...icon} />} onClick={onReplace}>
        {t('keys.replace')}
      </Menu.Item>
      <Menu.Item leftSection={<IconAlertTriangle {...icon} />} onClick={onSimulate}>
        {t(simulating ? 'simulate.end' : 'simulate.action')}
      </Menu.Item>
    </MoreMenu>
  )
}
