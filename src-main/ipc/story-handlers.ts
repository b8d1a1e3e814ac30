import type { CastMember, ContextUse } from '@contract/entities/story'
import type { StoryId } from '@contract/ids'
import type { Passages } from '@main/features/stories/passages'
import type { StorySettingsFeature } from '@main/features/stories/story-settings'
import type { StoryList } from '@main/features/stories/story-list'
import type { Turns } from '@main/features/turns/turns'
import type { HandlersOf } from './router'

export const storyHandlers = (ports: {
  stories: StoryList
  settings: StorySettingsFeature
  passages: Passages
  turns: Turns
  cast: (id: StoryId) => CastMember[]
  context: (id: StoryId) => ContextUse | null
}): HandlersOf<'stories' | 'messages' | 'turns'> => {
  const { stories, settings, passages, turns, cast, context } = ports
  return {
    'stories.list': () => stories.summaries(),
    'stories.get': ({ id }) => stories.get(id),
    'stories.create': (input) => stories.create(input),
    'stories.rename': ({ id, title }) => stories.rename(id, title),
    'stories.setPreset': ({ id, presetId }) => stories.setPreset(id, presetId),
    'stories.duplicate': ({ id }) => stories.duplicate(id),
    'stories.archive': ({ id, archived }) => stories.archive(id, archived),
    'stories.delete': ({ id }) => {
      stories.remove(id)
      return {}
    },
    'stories.restore': ({ id }) => stories.restore(id),
    'stories.saveDraft': ({ id, draft }) => {
      stories.saveDraft(id, draft)
      return {}
    },
    'stories.search': ({ text }) => stories.search(text),
    'stories.cast': ({ id }) => cast(id),
    'stories.context': ({ id }) => context(id),

    'stories.settings': ({ id }) => settings.get(id),
    'stories.override': (input) => settings.override(input),
    'stories.resetOverrides': (input) => settings.reset(input),
    'stories.saveAsPreset': (input) => settings.saveAsPreset(input),

    'messages.page': (input) => passages.page(input),
    'messages.edit': ({ id, text }) => passages.edit(id, text),
    'messages.delete': ({ id }) => {
      passages.remove(id)
      return {}
    },
    'messages.restore': ({ id }) => passages.restore(id),
    'messages.choose': ({ id }) => {
      passages.choose(id)
      return {}
    },

    'turns.start': (input) => turns.start(input),
    'turns.stop': ({ storyId }) => {
      turns.stop(storyId)
      return {}
    },
    'turns.active': ({ storyId }) => turns.active(storyId),
  }
}
