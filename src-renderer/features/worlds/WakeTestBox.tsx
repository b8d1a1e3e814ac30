import { Textarea } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SceneMember } from '@contract/entities/story-world'
import type { WorldId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { useSceneReason } from '@renderer/domain/world-form/use-scene-reason'
import classes from './Worlds.module.css'

/** Which entries a text would bring into the scene, and why; tried without a story. */
export function WakeTestBox({ worldId }: { worldId: WorldId }) {
  const { t } = useTranslation('worlds')
  const [text, setText] = useState('')
  const [asked] = useDebouncedValue(text, 250)
  const { data } = useRoute('worlds.test', { worldId, text: asked }, { enabled: asked.trim() !== '' })
  const found = asked.trim() === '' ? undefined : data
  const woken = found ? [...found.lore, ...found.characters, ...found.places] : []
  return (
    <section className={classes.test} aria-label={t('test.title')}>
      <Textarea
        label={t('test.title')}
        description={t('test.help')}
        autosize
        minRows={2}
        maxRows={10}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div aria-live="polite">
        {found && woken.length === 0 && <p className={classes.nothing}>{t('test.nothing')}</p>}
        <ul className={classes.found}>
          {woken.map((member) => (
            <FoundRow key={member.id} member={member} />
          ))}
          {found?.asleep.map((member) => (
            <FoundRow key={member.id} member={member} asleep={t(`asleep.${member.asleep}`)} />
          ))}
        </ul>
      </div>
    </section>
  )
}

function FoundRow({ member, asleep }: { member: SceneMember; asleep?: string }) {
  const reason = useSceneReason()
  return (
    <li data-asleep={asleep !== undefined || undefined}>
      <strong>{member.name}</strong>
      <span>{reason(member.reason, true)}</span>
      {asleep !== undefined && <em>{asleep}</em>}
    </li>
  )
}
