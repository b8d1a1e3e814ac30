import { Button, Group } from '@mantine/core'
import { IconWorld } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { WorldId, type WorldEntryId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { EmptyState } from '@renderer/components/EmptyState'
import { ListScreen } from '@renderer/components/ListScreen'
import { useImport } from '@renderer/domain/files/use-import'
import { useNewWorld } from './use-new-world'
import { WorldEditor } from './WorldEditor'
import { WorldList } from './WorldList'

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
  return (
    <ListScreen
      title={t('title')}
      query={worlds}
      openId={worldId}
      hrefOf={(id) => `/worlds/${id}`}
      empty={
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
      }
    >
      {({ items, id }) => ({
        list: <WorldList worlds={items} openId={id} onNew={create.run} />,
        page: <WorldEditor key={id} worldId={WorldId.parse(id)} tab={tab} entryId={entryId} />,
      })}
    </ListScreen>
  )
}
