import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconMasksTheater, IconPin, IconPinFilled, IconWorld } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { SceneMember } from '@contract/entities/story-world'
import type { StoryId } from '@contract/ids'
import { useCommand, useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { notifyError } from '@renderer/components/notify'
import { useSceneReason } from '@renderer/domain/world-form/use-scene-reason'
import classes from './ScenePanel.module.css'

/** Who and what is in the scene of the next turn, and why; the writer can hold each of them there. */
export function ScenePanel({ storyId }: { storyId: StoryId }) {
  const { t } = useTranslation('worlds')
  const scene = useRoute('storyWorlds.scene', { storyId })
  const chosen = useRoute('storyWorlds.get', { storyId })
  const hasWorld = chosen.data && (chosen.data.worlds.length > 0 || chosen.data.entries.length > 0)
  const groups = scene.data
    ? ([
        ['persona', scene.data.persona ? [scene.data.persona] : []],
        ['character', scene.data.characters],
        ['place', scene.data.places],
        ['lore', scene.data.lore],
      ] as const)
    : []
  const isEmpty = groups.every(([, members]) => members.length === 0)
  return (
    <section className={classes.scene} aria-labelledby="scene-heading">
      <div className={classes.head}>
        <IconMasksTheater size={16} stroke={1.5} aria-hidden />
        <h3 id="scene-heading" className={classes.heading}>
          {t('scene.heading')}
        </h3>
      </div>
      {scene.error && <ErrorNotice error={scene.error} onRetry={() => void scene.refetch()} />}
      {scene.data && isEmpty && <p className={classes.empty}>{t(hasWorld ? 'scene.empty' : 'scene.noWorld')}</p>}
      {groups.map(
        ([kind, members]) =>
          members.length > 0 && (
            <div key={kind}>
              <h4 className={classes.kind}>{kind === 'persona' ? t('kinds.persona') : t(`tabs.${kind}`)}</h4>
              <ul className={classes.list}>
                {members.map((member) => (
                  <SceneRow key={member.id} storyId={storyId} member={member} />
                ))}
              </ul>
            </div>
          )
      )}
      <Button
        component={Link}
        href={`/stories/${storyId}/world`}
        className={classes.link}
        variant="subtle"
        color="gray"
        justify="flex-start"
        leftSection={<IconWorld size={16} stroke={1.6} aria-hidden />}
      >
        {t('scene.settings')}
      </Button>
    </section>
  )
}

function SceneRow({ storyId, member }: { storyId: StoryId; member: SceneMember }) {
  const { t } = useTranslation('worlds')
  const reason = useSceneReason()
  const pin = useCommand('storyWorlds.pinEntry', { onError: notifyError })
  const { id, name, pinned } = member
  const label = t(pinned ? 'scene.unpin' : 'scene.pin', { name })
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <Link className={classes.name} href={`/stories/${storyId}/world/${id}`} title={member.excerpt}>
          {name}
        </Link>
        <span className={classes.reason}>{reason(member.reason)}</span>
      </div>
      <Tooltip label={label}>
        <ActionIcon
          className={classes.pin}
          data-pinned={pinned || undefined}
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={label}
          aria-pressed={pinned}
          onClick={() => pin.mutate({ storyId, entryId: id, pinned: !pinned })}
        >
          {pinned ? <IconPinFilled size={14} aria-hidden /> : <IconPin size={14} stroke={1.6} aria-hidden />}
        </ActionIcon>
      </Tooltip>
    </li>
  )
}
