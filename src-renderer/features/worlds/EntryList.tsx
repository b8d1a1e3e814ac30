import { Button, TextInput } from '@mantine/core'
import { IconPlus, IconSearch } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { EntrySummary, WorldEntryKind } from '@contract/entities/world'
import type { WorldEntryId, WorldId } from '@contract/ids'
import { useCommand } from '@renderer/api/queries'
import { notifyError } from '@renderer/components/notify'
import { SideListRows } from '@renderer/components/SideListRows'
import { useLanguage } from './use-new-world'
import classes from './Worlds.module.css'

interface Props {
  worldId: WorldId
  kind: WorldEntryKind
  entries: readonly EntrySummary[]
  openId: WorldEntryId | undefined
}

/** More entries than this get a search field. */
const SEARCH_FROM = 8

/** The entries of one kind, however many, with a field to find one and a button to add one. */
export function EntryList({ worldId, kind, entries, openId }: Props) {
  const { t } = useTranslation('worlds')
  const [text, setText] = useState('')
  const [, go] = useLocation()
  const client = useQueryClient()
  const language = useLanguage()
  const add = useCommand('worlds.addEntry', {
    onSuccess: (entry) => {
      client.setQueryData(['worlds.entry', { worldId, id: entry.id }], entry)
      setText('')
      go(`/worlds/${worldId}/${kind}/${entry.id}`)
    },
    onError: notifyError,
  })
  const words = useDeferredValue(text).toLowerCase().split(/\s+/).filter(Boolean)
  const found = entries.filter((entry) => {
    const all = [entry.name, ...entry.words, entry.excerpt].join(' ').toLowerCase()
    return words.every((word) => all.includes(word))
  })
  return (
    <nav className={classes.entries} aria-label={t('listOf', { kind: t(`tabs.${kind}`) })}>
      <Button
        variant="default"
        size="xs"
        loading={add.isPending}
        leftSection={<IconPlus size={15} stroke={1.6} aria-hidden />}
        onClick={() => add.mutate({ worldId, kind, language })}
      >
        {t(`add.${kind}`)}
      </Button>
      {entries.length > SEARCH_FROM && (
        <TextInput
          size="xs"
          aria-label={t(`find.${kind}`)}
          placeholder={t(`find.${kind}`)}
          leftSection={<IconSearch size={14} stroke={1.6} aria-hidden />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      {found.length === 0 && words.length > 0 && <p className={classes.nothing}>{t('nothing')}</p>}
      <SideListRows
        openId={openId}
        items={found.map((entry) => ({
          id: entry.id,
          href: `/worlds/${worldId}/${kind}/${entry.id}`,
          name: entry.name,
          facts: [
            !entry.enabled && t('off'),
            entry.constant && t('fields.constant'),
            entry.words.join(', ') || entry.excerpt,
          ],
          unreadable: entry.unreadable,
        }))}
      />
    </nav>
  )
}
