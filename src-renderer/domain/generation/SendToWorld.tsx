import { Anchor, Button, Menu } from '@mantine/core'
import { IconChevronDown, IconPlus, IconWorld } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Generation } from '@contract/entities/generation'
import type { GenerationId, StoryId, WorldId } from '@contract/ids'
import type { RouteOutput } from '@contract/routes'
import { request } from '@renderer/api/bridge'
import { useCommand, useRoute } from '@renderer/api/queries'
import { notifyError, notifyUndo } from '@renderer/components/notify'
import { useLanguage } from '@renderer/components/use-local'
import classes from './GenerationCard.module.css'

type Became = RouteOutput<'generations.becomes'>

interface Props {
  generation: Generation
  storyId: StoryId | null
}

/** Entries whose names are told one by one. */
const NAMED = 5

/** Makes of an answer what its template says it can become, in a world of the story or in another one. */
export function SendToWorld({ generation, storyId }: Props) {
  const used = useRoute('templates.version', { id: generation.templateId, number: generation.version })
  if (!used.data?.content.becomes) return null
  return storyId === null ? (
    <Send id={generation.id} taken={[]} />
  ) : (
    <SendOfStory id={generation.id} storyId={storyId} />
  )
}

function SendOfStory({ id, storyId }: { id: GenerationId; storyId: StoryId }) {
  const world = useRoute('storyWorlds.get', { storyId })
  return <Send id={id} taken={world.data?.worlds.map((each) => each.id) ?? []} />
}

/** `taken`: the worlds of the story, which come first. */
function Send({ id, taken }: { id: GenerationId; taken: readonly WorldId[] }) {
  const { t } = useTranslation('generations')
  const language = useLanguage()
  const [became, setBecame] = useState<Became | null>(null)
  const worlds = useRoute('worlds.list', {}).data ?? []
  const nameOf = (worldId: WorldId) => worlds.find((world) => world.id === worldId)?.name ?? t('world.new')

  const undo = async ({ worldId, made, entries }: Became) => {
    if (made) await request('worlds.delete', { worldId })
    else await request('worlds.deleteEntries', { worldId, ids: entries.map((entry) => entry.id) })
    setBecame(null)
  }
  const send = useCommand('generations.becomes', {
    onError: notifyError,
    onSuccess: (made) => {
      setBecame(made)
      notifyUndo({
        text: t('world.done', {
          count: made.entries.length,
          name: made.entries[0]?.name ?? '',
          world: nameOf(made.worldId),
        }),
        undo: () => undo(made),
      })
    },
  })
  const own = worlds.filter((world) => taken.includes(world.id))
  const first = own[0] ?? (worlds.length === 1 ? worlds[0] : undefined)
  const others = worlds.filter((world) => world !== first)
  const to = (worldId: WorldId | null) => send.mutate({ id, worldId, language })
  const icon = <IconWorld size={16} stroke={1.6} aria-hidden />
  const choose = (
    <Menu position="bottom-start">
      <Menu.Target>
        {first ? (
          <Button variant="default" size="sm" px={8} aria-label={t('world.another')} disabled={send.isPending}>
            <IconChevronDown size={14} aria-hidden />
          </Button>
        ) : (
          <Button
            variant="default"
            size="sm"
            leftSection={icon}
            rightSection={<IconChevronDown size={14} aria-hidden />}
            loading={send.isPending}
          >
            {t('world.send')}
          </Button>
        )}
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
        {others.map((world) => (
          <Menu.Item key={world.id} onClick={() => to(world.id)}>
            {world.name}
          </Menu.Item>
        ))}
        {others.length > 0 && <Menu.Divider />}
        <Menu.Item leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />} onClick={() => to(null)}>
          {t('world.make')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
  return (
    <>
      {first ? (
        <Button.Group>
          <Button variant="default" size="sm" leftSection={icon} loading={send.isPending} onClick={() => to(first.id)}>
            {t('world.sendTo', { world: first.name })}
          </Button>
          {choose}
        </Button.Group>
      ) : (
        choose
      )}
      {became && (
        <p className={classes.became}>
          {t('world.became', { world: nameOf(became.worldId) })}{' '}
          {became.entries.slice(0, NAMED).map((entry, index) => (
            <span key={entry.id}>
              {index > 0 && ', '}
              <Anchor component={Link} href={`/worlds/${became.worldId}/${entry.kind}/${entry.id}`} underline="always">
                {entry.name}
              </Anchor>
            </span>
          ))}
          {became.entries.length > NAMED && ` ${t('world.more', { count: became.entries.length - NAMED })}`}
        </p>
      )}
    </>
  )
}
