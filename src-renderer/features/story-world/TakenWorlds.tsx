import { Button, MultiSelect, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { StoryWorld } from '@contract/entities/story-world'
import { WorldEntryId, WorldId } from '@contract/ids'
import { useCommand, useRoute } from '@renderer/api/queries'
import { notifyError } from '@renderer/components/notify'
import { Section } from '@renderer/components/Section'
import { SingleEntries } from './SingleEntries'
import classes from './StoryWorld.module.css'

/** The worlds of a story, whom the writer plays in it, and single entries of other worlds. */
export function TakenWorlds({ world }: { world: StoryWorld }) {
  const { t } = useTranslation('worlds')
  const { storyId } = world
  const worlds = useRoute('worlds.list', {})
  const setWorlds = useCommand('storyWorlds.setWorlds', { onError: notifyError })
  const setPersona = useCommand('storyWorlds.setPersona', { onError: notifyError })
  const all = worlds.data ?? []
  return (
    <Section title={t('story.taken')} text={t('story.takenHelp')}>
      <div className={classes.fields}>
        {worlds.data?.length === 0 ? (
          <div>
            <Button component={Link} href="/worlds" variant="default">
              {t('story.makeWorld')}
            </Button>
          </div>
        ) : (
          <MultiSelect
            label={t('title')}
            placeholder={world.worlds.length === 0 ? t('story.noWorlds') : ''}
            searchable
            data={all.map(({ id, name }) => ({ value: id, label: name }))}
            value={world.worlds.map(({ id }) => id)}
            onChange={(ids) => setWorlds.mutate({ storyId, worldIds: ids.map((id) => WorldId.parse(id)) })}
          />
        )}
        {world.personas.length > 0 && (
          <Select
            label={t('story.persona')}
            description={t('story.personaHelp')}
            placeholder={world.personas.length === 1 ? world.personas[0]?.name : t('story.noPersona')}
            clearable
            data={world.personas.map(({ id, name }) => ({ value: id, label: name }))}
            value={world.personaId}
            onChange={(id) => setPersona.mutate({ storyId, entryId: id === null ? null : WorldEntryId.parse(id) })}
          />
        )}
        <SingleEntries world={world} worlds={all} />
      </div>
    </Section>
  )
}
