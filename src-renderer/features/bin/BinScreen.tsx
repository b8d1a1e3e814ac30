import { Button } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { BinItem } from '@contract/entities/bin'
import { useCommand, useRoute } from '@renderer/api/queries'
import { EmptyState } from '@renderer/components/EmptyState'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { notifyDone, notifyError } from '@renderer/components/notify'
import { PageHeader } from '@renderer/components/PageHeader'
import { useConfirm } from '@renderer/components/use-confirm'
import { BinRow } from './BinRow'
import classes from './BinScreen.module.css'

/** What was deleted in the last 30 days, with a way back. */
export function BinScreen() {
  const { t } = useTranslation('bin')
  const { data, error, isPending, refetch } = useRoute('bin.list', {})
  const { confirm, dialog } = useConfirm()
  const restore = useCommand('bin.restore', {
    onSuccess: ({ name, also }) =>
      notifyDone(also.length > 0 ? t('restoredWith', { name, also: also.join(', ') }) : t('restored', { name })),
    onError: notifyError,
  })
  const remove = useCommand('bin.delete', { onError: notifyError })
  const empty = useCommand('bin.empty', { onError: notifyError })

  const askToRemove = async ({ kind, id, name }: BinItem) => {
    const sure = await confirm({
      title: t('confirm.title', { name: name.slice(0, 60) }),
      text: t('confirm.text'),
      action: t('confirm.action'),
    })
    if (sure) remove.mutate({ kind, id })
  }
  const askToEmpty = async (count: number) => {
    const sure = await confirm({
      title: t('confirmEmpty.title'),
      text: t('confirmEmpty.text', { count }),
      action: t('confirmEmpty.action'),
    })
    if (sure) empty.mutate({})
  }

  return (
    <>
      <PageHeader title={t('title')}>
        {data && data.length > 0 && (
          <Button variant="default" loading={empty.isPending} onClick={() => void askToEmpty(data.length)}>
            {t('emptyAll')}
          </Button>
        )}
      </PageHeader>
      <div className={classes.page} data-page-scroll>
        {isPending && <LoadingRows rows={5} height={56} />}
        {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
        {data?.length === 0 && <EmptyState icon={<IconTrash size={28} stroke={1.4} />} text={t('empty')} />}
        {data && data.length > 0 && (
          <>
            <p className={classes.note}>{t('note')}</p>
            <ul className={classes.list}>
              {data.map((item) => (
                <BinRow
                  key={`${item.kind}/${item.id}`}
                  item={item}
                  busy={restore.isPending && restore.variables.id === item.id}
                  onRestore={() => restore.mutate({ kind: item.kind, id: item.id })}
                  onDelete={() => void askToRemove(item)}
                />
              ))}
            </ul>
          </>
        )}
      </div>
      {dialog}
    </>
  )
}
