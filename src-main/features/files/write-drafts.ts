import type { Authorship, MessageAuthor, MessageState } from '@contract/entities/story'
import { FabulaError, PresetError } from '@contract/errors'
import { MessageId, StoryId, type PresetId } from '@contract/ids'
import type { JsonObject, Language } from '@contract/values'
import { UNFINISHED } from '@main/data/gone'
import type { Stores } from '@main/data/stores'
import { newId } from '@main/platform/ids'
import { inSlices } from '@main/platform/slices'

/** A passage of a story that is to be written. */
export interface DraftPassage {
  /** The place of its parent among those before it; null at the beginning of the story. */
  parent: number | null
  author: MessageAuthor
  text: string
  state: Exclude<MessageState, 'streaming'>
  writtenBy: Authorship | null
  edited: boolean
  chapterEnd: string | null
  /** Null: when it is written here. */
  createdAt: string | null
  extra: JsonObject
}

/** A story that an import brings. */
export interface StoryDraft {
  title: string
  language: Language
  createdAt: string | null
  extra: JsonObject
  length: number
  passage: (place: number) => DraftPassage | undefined
  /** The place of the last passage that is shown. */
  head: number | null
}

/** A story that was made of a draft and that nobody sees yet. */
export interface HiddenStory<Draft extends StoryDraft = StoryDraft> {
  id: StoryId
  headId: MessageId | null
  draft: Draft
}

export interface DraftPorts {
  stores: Stores
  signal: AbortSignal
  /** Says how many passages are written, of all. */
  report: (done: number, total: number) => void
}

/**
 * Writes stories that nobody sees until they are shown. It takes as long as they are, and stops nothing else meanwhile.
 * Throws `role_without_model` where there is no preset that they could be based on.
 */
export async function writeDrafts<Draft extends StoryDraft>(
  ports: DraftPorts,
  drafts: readonly Draft[],
  now: string
): Promise<HiddenStory<Draft>[]> {
  const { stores, report } = ports
  if (drafts.length === 0) return []
  const presetId = stores.presets.defaultId()
  if (presetId === null)
    throw new FabulaError(PresetError.RoleWithoutModel, 'There is no preset yet', {
      details: { role: 'main', reason: 'no_preset' },
    })
  const total = drafts.reduce((sum, { length }) => sum + length, 0)
  const stories: HiddenStory<Draft>[] = []
  let before = 0
  try {
    for (const draft of drafts) {
      const id = newId(StoryId)
      stores.transaction(() => insertHidden(stores, id, draft, presetId, now))
      const story: HiddenStory<Draft> = { id, headId: null, draft }
      stories.push(story)
      const done = before
      const ids = await writePassages(ports, id, draft, now, (count) => report(done + count, total))
      before += draft.length
      story.headId = draft.head === null ? null : (ids[draft.head] ?? null)
    }
  } catch (error) {
    forgetDrafts(stores, stories)
    throw error
  }
  return stories
}

/** Gives up stories of an import that did not come to its end. Their passages are removed later, in slices. */
export function forgetDrafts(stores: Stores, stories: readonly HiddenStory[]): void {
  for (const { id } of stories) stores.stories.forget(id)
}

function insertHidden(
  stores: Stores,
  id: StoryId,
  { title, language, createdAt, extra }: StoryDraft,
  presetId: PresetId,
  now: string
): void {
  stores.stories.insert({
    id,
    title,
    language,
    presetId,
    headId: null,
    draft: '',
    archived: false,
    deleted: false,
    createdAt: createdAt ?? now,
    updatedAt: now,
  })
  stores.stories.setDeleted(id, UNFINISHED)
  if (Object.keys(extra).length > 0) stores.extras.setStory(id, extra)
}

async function writePassages(
  { stores, signal }: DraftPorts,
  storyId: StoryId,
  draft: StoryDraft,
  now: string,
  report: (done: number) => void
): Promise<MessageId[]> {
  const ids: MessageId[] = []
  const step = () => {
    const passage = draft.passage(ids.length)
    if (!passage) return false
    const { parent, extra, chapterEnd, createdAt, ...row } = passage
    const id = newId(MessageId)
    const parentId = parent === null ? null : (ids[parent] ?? null)
    stores.messages.insert({ ...row, id, storyId, parentId, deleted: false, createdAt: createdAt ?? now })
    if (Object.keys(extra).length > 0) stores.extras.setMessage(id, extra)
    if (chapterEnd !== null) stores.chapters.set(id, storyId, chapterEnd)
    ids.push(id)
    return ids.length < draft.length
  }
  await inSlices(
    step,
    (work) => {
      const more = stores.transaction(work)
      report(ids.length)
      return more
    },
    signal
  )
  return ids
}
