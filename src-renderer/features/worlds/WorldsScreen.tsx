import { ActionIcon, Button, Group, Tooltip } from '@mantine/core'
import { IconFileImport, IconPlus, IconWorld } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Redirect } from 'wouter'
import type { WorldSummary } from '@contract/entities/world'
import type { WorldEntryId, WorldId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { EmptyState } from '@renderer/components/EmptyState'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { PageHeader } from '@renderer/components/PageHeader'
import { SideList } from '@renderer/components/SideList'
import { TwoColumns } from '@renderer/components/TwoColumns'
import { useImport } from '@renderer/domain/files/use-import'
import { useNewWorld } from './use-new-world'
import { WorldEditor } from './WorldEditor'

export interface WorldsScreenProps {
  /** From the address; the first world is opened without one. */
  worldId?: WorldId | undefined
  /** The open part of it: a kind of entries, or `style`. */
  tab?: string | undefined
  entryId?: WorldEntryId | undefined
}

/** All worlds at the left, one of them at the right. */
export function WorldsScreen({ worldId, tab, entryId }: WorldsScreenProps) {
  const { t } = useTranslation('worlds')
  const worlds = useRoute('worlds.list', {})
  const create = useNewWorld()
  const importFiles = useImport()
  const [first] = worlds.data ?? []
  const open = worlds.data?.find(({ id }) => id === worldId)

  if (worlds.error || !worlds.data || !first)
    return (
      <>
        <PageHeader title={t('title')} />
        {worlds.error && <ErrorNotice error={worlds.error} onRetry={() => void worlds.refetch()} />}
        {!worlds.error && !worlds.data && <LoadingRows />}
        {worlds.data && !first && (
          <EmptyState
            icon={<IconWorld size={28} stroke={1.4} />}
            text={t('empty')}
            action={
              <Group justify="center" gap="xs">
                <Button loading={create.running} onClick={create.run}>
                  {t('new')}
                </Button>
                <Button variant="default" onClick={importFiles}>
                  {t('import')}
                </Button>
              </Group>
            }
          />
        )}
      </>
    )
  // A world that was just made may be opened before the list knows of it.
  if (!open && (worldId === undefined || !worlds.isFetching)) return <Redirect to={`/worlds/${first.id}`} replace />
  return (
    <TwoColumns list={<WorldList worlds={worlds.data} openId={worldId} onNew={create.run} />}>
      {worldId && <WorldEditor key={worldId} worldId={worldId} tab={tab} entryId={entryId} />}
    </TwoColumns>
  )
}

function WorldList({
  worlds,
  openId,
  onNew,
}: {
  worlds: readonly WorldSummary[]
  openId: WorldId | undefined
  onNew: () => void
}) {
  const { t } = useTranslation('worlds')
  const importFiles = useImport()
  return (
    <SideList
      label={t('title')}
      heading={{
        title: t('title'),
        actions: (
          <>
            <Tooltip label={t('import')}>
              <ActionIcon variant="subtle" color="gray" size={30} aria-label={t('import')} onClick={importFiles}>
                <IconFileImport size={17} stroke={1.6} aria-hidden />
              </ActionIcon>
            </Tooltip>
            <Tooltip label={t('new')}>
              <ActionIcon variant="subtle" color="gray" size={30} aria-label={t('new')} onClick={onNew}>
                <IconPlus size={17} stroke={1.6} aria-hidden />
              </ActionIcon>
            </Tooltip>
          </>
        ),
      }}
      searchLabel={t('search')}
      nothing={t('nothing')}
      openId={openId}
      items={worlds.map(({ id, name, entries, stories }) => ({
        id,
        name,
        href: `/worlds/${id}`,
        facts: [
          entries.character > 0 && t('count.character', { count: entries.character }),
          entries.lore > 0 && t('count.lore', { count: entries.lore }),
          stories > 0 && t('count.stories', { count: stories }),
        ]
          .filter(Boolean)
          .join(' · '),
      }))}
    />
  )
}
