import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StoryId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import type { Choices } from './import-choices'

interface Props {
  choices: Choices
  onChoose: (change: Partial<Choices>) => void
}

/** Whether the story that was open when the files came takes the world they come into. */
export function StoryForWorld({ choices, onChoose }: Props) {
  const [opened] = useState(choices.story)
  return opened && <OpenedStory id={opened} choices={choices} onChoose={onChoose} />
}

function OpenedStory({ id, choices: { story, world }, onChoose }: Props & { id: StoryId }) {
  const { t } = useTranslation('files')
  const title = useRoute('stories.get', { id }).data?.title
  const taken = useRoute('storyWorlds.get', { storyId: id }).data?.worlds ?? []
  if (title === undefined || (world && 'id' in world && taken.some((one) => one.id === world.id))) return null
  return (
    <Checkbox
      size="sm"
      label={t('world.forStory', { title })}
      checked={story !== null}
      onChange={({ currentTarget: { checked } }) => onChoose({ story: checked ? id : null })}
    />
  )
}
