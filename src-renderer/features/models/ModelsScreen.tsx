import { Button } from '@mantine/core'
import { IconCpu } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { ModelConfigId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { EmptyState } from '@renderer/components/EmptyState'
import { ListScreen } from '@renderer/components/ListScreen'
import { NewConfigDialog } from '@renderer/domain/role-form/NewConfigDialog'
import { ConfigEditor } from './ConfigEditor'
import { ConfigList } from './ConfigList'

export interface ModelsScreenProps {
  /** From the address; the first one is opened without one. */
  configId?: ModelConfigId | undefined
}

/** Reusable blocks of model settings at the left, one of them at the right. */
export function ModelsScreen({ configId }: ModelsScreenProps) {
  const { t } = useTranslation('models')
  const [, go] = useLocation()
  const configs = useRoute('modelConfigs.list', {})
  const [making, setMaking] = useState(false)
  return (
    <>
      <ListScreen
        title={t('title')}
        query={configs}
        openId={configId}
        hrefOf={(id) => `/models/${id}`}
        empty={
          <EmptyState
            icon={<IconCpu size={28} stroke={1.4} />}
            text={t('empty')}
            action={<Button onClick={() => setMaking(true)}>{t('newButton')}</Button>}
          />
        }
      >
        {({ items, id, item }) => ({
          list: <ConfigList configs={items} openId={id} onNew={() => setMaking(true)} />,
          page: item && <ConfigEditor key={id} config={item} />,
        })}
      </ListScreen>
      <NewConfigDialog
        opened={making}
        onClose={() => setMaking(false)}
        onCreated={async (config) => {
          await configs.refetch()
          setMaking(false)
          go(`/models/${config.id}`)
        }}
      />
    </>
  )
}
