import { CloseButton, Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { StoryWorld } from '@contract/entities/story-world'
import type { WorldSummary } from '@contract/entities/world'
import { WorldEntryId, WorldId } from '@contract/ids'
import { useCommand, useRoute } from '@renderer/api/queries'
import { notifyError } from '@renderer/components/notify'
import classes from './StoryWorld.module.css'

const kinds = ['character', 'place', 'persona', 'lore'] as const

/** Entries that a story takes without their world. */
export function SingleEntries({ world, worlds }: { world: StoryWorld; worlds: readonly WorldSummary[] }) {
  const { t } = useTranslation('worlds')
  const { storyId } = world
  const [from, setFrom] = useState<WorldId | null>(null)
  const take = useCommand('storyWorlds.takeEntry', { onError: notifyError })
  const others = worlds.filter(({ id }) => !world.worlds.some((one) => one.id === id))
  if (others.length === 0 && world.entries.length === 0) return null
  return (
    <div className={classes.single}>
      <span className={classes.label}>{t('story.single')}</span>
      {world.entries.length > 0 && (
        <ul className={classes.taken}>
          {world.entries.map(({ id, name, kind }) => (
            <li key={id}>
              <Link href={`/stories/${storyId}/world/${id}`}>{name}</Link>
              <span>{t(`kinds.${kind}`)}</span>
              <CloseButton
                size="sm"
                aria-label={t('story.giveBack', { name })}
                onClick={() => take.mutate({ storyId, entryId: id, taken: false })}
              />
            </li>
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <div className={classes.choose}>
          <Select
            aria-label={t('story.singleFrom')}
            placeholder={t('story.singleFrom')}
            data={others.map(({ id, name }) => ({ value: id, label: name }))}
            value={from}
            onChange={(id) => setFrom(id === null ? null : WorldId.parse(id))}
          />
          {from && (
            <EntrySelect
              key={from}
              worldId={from}
              taken={new Set(world.entries.map(({ id }) => id))}
              onChoose={(entryId) => take.mutate({ storyId, entryId, taken: true })}
            />
          )}
        </div>
      )}
    </div>
  )
}

function EntrySelect({
  worldId,
  taken,
  onChoose,
}: {
  worldId: WorldId
  taken: ReadonlySet<string>
  onChoose: (id: WorldEntryId) => void
}) {
  const { t } = useTranslation('worlds')
  const character = useRoute('worlds.entries', { worldId, kind: 'character' })
  const place = useRoute('worlds.entries', { worldId, kind: 'place' })
  const persona = useRoute('worlds.entries', { worldId, kind: 'persona' })
  const lore = useRoute('worlds.entries', { worldId, kind: 'lore' })
  const lists = { character, place, persona, lore }
  return (
    <Select
      aria-label={t('story.singleEntry')}
      placeholder={t('story.singleEntry')}
      searchable
      limit={200}
      data={kinds.map((kind) => ({
        group: t(`tabs.${kind}`),
        items: (lists[kind].data ?? [])
          .filter(({ id }) => !taken.has(id))
          .map(({ id, name }) => ({ value: id, label: name })),
      }))}
      value={null}
      onChange={(id) => id !== null && onChoose(WorldEntryId.parse(id))}
    />
  )
}
