import { Button } from '@mantine/core'
import { IconCpu } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Redirect, useLocation } from 'wouter'
import type { ModelConfigId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { EmptyState } from '@renderer/components/EmptyState'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { PageHeader } from '@renderer/components/PageHeader'
import { NewConfigDialog } from '@renderer/domain/role-form/NewConfigDialog'
import { TwoColumns } from '@renderer/components/TwoColumns'
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
  const open = configs.data?.find(({ id }) => id === configId)
  const first = configs.data?.[0]

  const bare = (content: ReactNode) => (
    <>
      <PageHeader title={t('title')} />
      {content}
    </>
  )
  const body = () => {
    if (configs.error) return bare(<ErrorNotice error={configs.error} onRetry={() => void configs.refetch()} />)
    if (!configs.data) return bare(<LoadingRows />)
    if (!first) {
      return bare(
        <EmptyState
          icon={<IconCpu size={28} stroke={1.4} />}
          text={t('empty')}
          action={<Button onClick={() => setMaking(true)}>{t('newButton')}</Button>}
        />
      )
    }
    // One that was just made may be opened before the list knows of it.
    if (!open && (configId === undefined || !configs.isFetching)) return <Redirect to={`/models/${first.id}`} replace />
    return (
      <TwoColumns list={<ConfigList configs={configs.data} openId={configId} onNew={() => setMaking(true)} />}>
        {open && <ConfigEditor key={open.id} config={open} />}
      </TwoColumns>
    )
  }
  return (
    <>
      {body()}
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
