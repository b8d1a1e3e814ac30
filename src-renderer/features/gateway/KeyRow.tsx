import { Menu } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GatewayKey } from '@contract/entities/gateway'
import { request } from '@renderer/api/bridge'
import { MoreMenu } from '@renderer/components/MoreMenu'
import { useDelete } from '@renderer/components/use-delete'
import rows from '@renderer/components/Rows.module.css'
import { KeyDialog } from './KeyDialog'
import { useKeyWords } from './use-key-words'

/** One key: its name and end, what it may do, and what went through it. The key itself is never shown again. */
export function KeyRow({ gatewayKey }: { gatewayKey: GatewayKey }) {
  const { t } = useTranslation(['gateway', 'common'])
  const { name, last4 } = gatewayKey
  const [editing, setEditing] = useState(false)
  const { expired, may, used } = useKeyWords(gatewayKey)
  const deletion = useDelete({
    title: t('keys.deleteTitle', { name }),
    text: t('keys.deleteText'),
    remove: () => request('gateway.revokeKey', { id: gatewayKey.id }),
    done: t('keys.deleted', { name }),
  })
  return (
    <li className={rows.row}>
      <div className={rows.grow}>
        <span className={rows.name}>{name}</span> <span className={rows.soft}>···{last4}</span>
        <p className={rows.soft}>{may}</p>
        <p className={rows.soft}>{used}</p>
        {expired && <p className={rows.trouble}>{expired}</p>}
      </div>
      <MoreMenu label={t('keys.more', { name })} deletion={deletion}>
        <Menu.Item leftSection={<IconPencil size={16} stroke={1.6} aria-hidden />} onClick={() => setEditing(true)}>
          {t('common:edit')}
        </Menu.Item>
      </MoreMenu>
      <KeyDialog opened={editing} gatewayKey={gatewayKey} onClose={() => setEditing(false)} />
    </li>
  )
}
