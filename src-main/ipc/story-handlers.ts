import type { CastMember, ContextUse } from '@contract/entities/story'
import type { PlannedStep } from '@contract/entities/turn'
import type { StoryId, TurnId } from '@contract/ids'
import type { ParsedInput, RouteOutput } from '@contract/routes'
import type { Chapters } from '@main/features/stories/chapters'
import type { Passages } from '@main/features/stories/passages'
import type { StorySearches } from '@main/features/stories/story-searches'
import type { StoryEdits } from '@main/features/stories/story-edits'
import type { StorySettingsFeature } from '@main/features/stories/story-settings'
import type { StoryList } from '@main/features/stories/story-list'
import type { SparedDrafts } from '@main/features/turns/draft-passage'
import type { PassageNotes } from '@main/features/turns/passage-notes'
import type { TurnKeeping } from '@main/features/turns/turn-keeping'
import type { Turns } from '@main/features/turns/turns'
import type { HandlersOf } from './router'

export const storyHandlers = (ports: {
  stories: StoryList
  search: StorySearches
  settings: StorySettingsFeature
  passages: Passages
  edits: StoryEdits
  chapters: Chapters
  turns: Turns
  notes: PassageNotes
  drafts: SparedDrafts
  cast: (id: StoryId) => CastMember[]
  context: (asked: ParsedInput<'stories.context'>) => Promise<ContextUse | null>
  keeping: Pick<TurnKeeping, 'used' | 'clear'>
  exportTurn: (id: TurnId) => RouteOutput<'turns.export'>
  planTurn: (input: ParsedInput<'turns.plan'>) => Promise<PlannedStep[]>
  /** The writer looks at a story. */
  onOpened: (id: StoryId) => void
}): HandlersOf<'stories' | 'messages' | 'turns'> => {
  const { stories, search, settings, passages, edits, chapters, turns, notes, drafts, cast, ...more } = ports
  const { context, keeping, exportTurn, planTurn } = more
  return {
    'stories.list': ({ ids }) => stories.summaries(ids),
    'stories.count': () => stories.count(),
    'stories.get': ({ id }) => {
      const story = stories.get(id)
      more.onOpened(id)
      return story
    },
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
    'stories.search': (input) => search.search(input),
    'stories.searchPlaces': (input) => search.places(input),
    'stories.cast': ({ id }) => cast(id),
    'stories.context': context,

    'stories.settings': ({ id }) => settings.get(id),
    'stories.override': (input) => settings.override(input),
    'stories.resetOverrides': (input) => settings.reset(input),
    'stories.saveAsPreset': (input) => settings.saveAsPreset(input),

    'messages.page': (input) => passages.page(input),
    'messages.versions': ({ id }) => passages.versions(id),
    'messages.edit': (input) => edits.edit(input),
    'messages.restoreVersion': (input) => edits.restoreVersion(input),
    'messages.delete': ({ id }) => {
      edits.remove(id)
      return {}
    },
    'messages.restore': ({ id }) => edits.restore(id),
    'messages.choose': ({ id }) => {
      edits.choose(id)
      return {}
    },
    'messages.branch': ({ id }) => ({ left: edits.branch(id) }),
    'messages.branches': ({ storyId }) => passages.branches(storyId),
    'messages.endChapter': (input) => chapters.end(input),
    'stories.undoState': ({ id }) => edits.undoState(id),
    'stories.undo': ({ id }) => edits.undo(id),
    'stories.redo': ({ id }) => edits.redo(id),

    'turns.start': (input) => turns.start(input),
    'turns.stop': ({ storyId }) => {
      turns.stop(storyId)
      return {}
    },
    'turns.active': ({ storyId }) => turns.active(storyId),
    'turns.last': ({ storyId }) => turns.last(storyId),
    'turns.alone': ({ turnId }) => turns.alone(turnId),
    'turns.room': () => keeping.used(),
    'turns.clear': async () => {
      await keeping.clear()
      return {}
    },
    'turns.steps': ({ turnId }) => turns.steps(turnId),
    'turns.recalled': ({ turnId }) => notes.recalled(turnId),
    'turns.accept': ({ id }) => {
      notes.accept(id)
      return {}
    },
    'turns.hasDraft': ({ id }) => drafts.isThere(id),
    'turns.useDraft': ({ id }) => {
      edits.choose(drafts.lay(id))
      return {}
    },
    'turns.rerun': (input) => turns.rerun(input),
    'turns.export': ({ turnId }) => exportTurn(turnId),
    'turns.plan': planTurn,
  }
}
