import { IconFileImport } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { WorldSummary } from '@contract/entities/world'
import { AddButton } from '@renderer/components/AddButton'
import { IconButton } from '@renderer/components/IconButton'
import { SideList } from '@renderer/components/SideList'
import { useImport } from '@renderer/domain/files/use-import'

interface Props {
  worlds: readonly WorldSummary[]
  openId: string | undefined
  onNew: () => void
}

/** All worlds, each with how much is in it and how many stories take place there. */
export function WorldList({ worlds, openId, onNew }: Props) {
  const { t } = useTranslation('worlds')
  const importFiles = useImport()
  return (
    <SideList
      label={t('title')}
      actions={
        <>
          <IconButton label={t('import')} onClick={importFiles}>
            <IconFileImport size={17} stroke={1.6} aria-hidden />
          </IconButton>
          <AddButton label={t('new')} onClick={onNew} />
        </>
      }
      searchLabel={t('search')}
      nothing={t('nothing')}
      openId={openId}
      items={worlds.map(({ id, name, entries, stories, unreadable }) => ({
        id,
        name,
        href: `/worlds/${id}`,
        facts: [
          entries.character > 0 && t('count.character', { count: entries.character }),
          entries.lore > 0 && t('count.lore', { count: entries.lore }),
          stories > 0 && t('count.stories', { count: stories }),
        ],
        unreadable,
      }))}
    />
  )
}
