import { FabulaError } from '@contract/errors'
import type { StoryId } from '@contract/ids'
import { request } from '@renderer/api/bridge'
import { useDraftStore, type DraftState } from '@renderer/stores/writing-draft'

/** Milliseconds from the last key to the save. */
const SAVE_DELAY = 250
/** Milliseconds until a failed save is tried again by itself. */
const TRY_AGAIN = 5000

const timers = new Map<StoryId, ReturnType<typeof setTimeout>>()
const underWay = new Set<StoryId>()
/** Stories whose text changed while a save was under way. */
const again = new Set<StoryId>()

const draftOf = (storyId: StoryId) => useDraftStore.getState().drafts[storyId]

function schedule(storyId: StoryId, delay: number) {
  clearTimeout(timers.get(storyId))
  timers.set(
    storyId,
    setTimeout(() => void saveDraftNow(storyId), delay)
  )
}

/** The writer typed: shown at once, saved a moment later. */
export function writeDraft(storyId: StoryId, text: string): void {
  useDraftStore.getState().put(storyId, { text, state: 'saving', error: null })
  schedule(storyId, SAVE_DELAY)
}

/** Saves what is not saved yet. One save at a time for a story, so that an older text never lands after a newer one. */
export async function saveDraftNow(storyId: StoryId): Promise<void> {
  const draft = draftOf(storyId)
  if (!draft || draft.state === 'saved') return
  clearTimeout(timers.get(storyId))
  if (underWay.has(storyId)) {
    again.add(storyId)
    return
  }
  underWay.add(storyId)
  const { text } = draft
  const put = (state: DraftState, error: FabulaError | null) =>
    useDraftStore.getState().put(storyId, { text: draftOf(storyId)?.text ?? text, state, error })
  try {
    await request('stories.saveDraft', { id: storyId, draft: text })
    if (draftOf(storyId)?.text === text) put('saved', null)
  } catch (error) {
    put('failed', error instanceof FabulaError ? error : new FabulaError('internal', String(error)))
    schedule(storyId, TRY_AGAIN)
  } finally {
    underWay.delete(storyId)
  }
  if (again.delete(storyId)) await saveDraftNow(storyId)
}
