import { z } from 'zod'
import type { JsonObject } from '@contract/values'
import type { FabulaError } from '@contract/errors'
import type { Memory, Recalled } from '@main/memory/memory'
import { FOUND, WORDS } from '@main/prompts/notes'
import type { RecalledText } from '@main/prompts/section'
import { fittingParts, RECALLED, recalledText } from '@main/prompts/sections/recalled'
import { MEMORY } from '@main/settings/role-registry'
import { askJson } from './ask-json'
import type { StepDesk, StepPrompt, TurnScene, WorkStep } from './turn-step'

/** The most pieces that are recalled in one turn. */
const LIMIT = 12
/** Tokens, more than any window has: asks the section for as much as it may ever take. */
const ALL = 1_000_000_000
/** Tokens that recalled text usually takes, for a dry run. */
const USUAL = 800
/** How many words a model may retell the pieces in. */
const RETOLD_WORDS = 180
/** Where no model writes queries, the newest passages are the query: this many of them, and this many characters of each. */
const PASSAGES = 2
const LENGTH = 1200

/** Memory only has to know where the story stands: so many tokens of its end say that. */
const memoryPrompt: StepPrompt = { voice: MEMORY, recentText: 3000 }

const querySchema: JsonObject = {
  type: 'object',
  properties: { queries: { type: 'array', items: { type: 'string' } } },
  required: ['queries'],
  additionalProperties: false,
}
const Queries = z.looseObject({ queries: z.array(z.string().trim().min(1)).min(1).max(20) })

/**
 * Memory finds what the next passage needs of earlier ones that the Writer would not see. Where the role is off, the
 * newest passages are what is looked for, and no model is asked.
 */
export const createMemoryStep = (memory: Pick<Memory, 'recall'>): WorkStep => ({
  role: MEMORY,
  optional: true,
  worksAlone: true,
  prompt: () => memoryPrompt,
  becomes: 'work',
  says: 'recalled',
  leaves: { note: RECALLED, tokens: USUAL },
  take: async (desk) => {
    const { scene } = desk
    const { shown, room } = await lookWithMost(desk)
    // The window shows the whole story.
    if (shown.size >= scene.history.lengthUpTo(scene.history.last()?.id ?? null)) return
    let wordsAlone: FabulaError | null = null
    const asked = desk.hasModel ? await askedQueries(desk) : null
    const queries = asked ?? newestAsQueries(scene)
    const found = await memory.recall({
      storyId: scene.story.id,
      headId: scene.history.last()?.id ?? null,
      queries,
      limit: LIMIT,
      leaveOut: shown,
      signal: desk.signal,
      onWordsAlone: (why) => (wordsAlone = why),
    })
    if (found.length === 0) return
    scene.recalled = found.map((one) => withPlace(scene, one))
    // A model that could not say what to look for is not asked to retell it.
    const condensed = await fitOrRetell(desk, room, asked !== null)
    if (scene.recalled.length === 0) return
    const passages = scene.recalled.map(({ messageId, start, end, foundBy }) => ({ messageId, start, end, foundBy }))
    desk.report({ kind: 'recalled', queries: asked ?? [], passages, condensed })
    desk.say({ kind: 'recalled', passages: passages.length, condensed, wordsAlone: wordsAlone !== null })
  },
  restore: (scene, taken, textOf) => {
    const last = taken.findLast(({ result }) => result?.kind === 'recalled')
    if (last?.result?.kind !== 'recalled') return
    if (last.result.condensed) scene.notes.set(RECALLED, { text: last.answer.trim() })
    scene.recalled = last.result.passages.flatMap((one) => {
      const text = textOf(one.messageId)?.slice(one.start, one.end)
      return text ? [{ ...one, text, place: scene.history.lengthUpTo(one.messageId) }] : []
    })
  },
})

/** What the window shows beside as much as may be recalled, and how many tokens that is. */
async function lookWithMost({ scene, look }: StepDesk) {
  scene.notes.set(RECALLED, { tokens: ALL })
  const { shown, tokensOf } = await look()
  scene.notes.delete(RECALLED)
  return { shown, room: tokensOf('recalled') }
}

/** The model's queries; null where it gives none that can be read. */
async function askedQueries(desk: StepDesk): Promise<string[] | null> {
  try {
    const asked = { schema: querySchema, shape: Queries, signal: desk.signal }
    return (await askJson(desk, { ...asked, prompt: memoryPrompt })).queries.slice(0, 6)
  } catch (error) {
    if (desk.signal.aborted) throw error
    desk.fault(error)
    return null
  }
}

const newestAsQueries = ({ history }: TurnScene): string[] =>
  history
    .newest(PASSAGES)
    .map(({ text }) => text.slice(-LENGTH))
    .filter((text) => text.trim() !== '')

const withPlace = ({ soFar }: TurnScene, { messageId, start, end, text, foundBy }: Recalled): RecalledText => ({
  messageId,
  start,
  end,
  text,
  foundBy,
  place: soFar.depthOf(messageId),
})

/**
 * Keeps what fits, and has all of it retold where the best of it does not. Drops what the window shows after all. Returns whether it
 * was retold.
 */
async function fitOrRetell(desk: StepDesk, room: number, canRetell: boolean): Promise<boolean> {
  const { scene } = desk
  const fitting = fittingParts(scene, room)
  if (fitting[0] !== scene.recalled[0] && canRetell && (await retell(desk))) return true
  scene.recalled = fitting
  const { shown } = await desk.look()
  scene.recalled = fitting.filter(({ messageId }) => !shown.has(messageId))
  return false
}

async function retell(desk: StepDesk): Promise<boolean> {
  const { scene } = desk
  scene.notes.set(FOUND, { text: recalledText(scene.recalled.toSorted((a, b) => a.place - b.place)) })
  scene.notes.set(WORDS, { text: String(RETOLD_WORDS) })
  try {
    const { text } = await desk.ask({ prompt: memoryPrompt })
    scene.notes.set(RECALLED, { text })
    if ((await desk.look()).tokensOf('recalled') > 0) return true
    scene.notes.delete(RECALLED)
    return false
  } catch (error) {
    if (desk.signal.aborted) throw error
    desk.fault(error)
    return false
  } finally {
    scene.notes.delete(FOUND)
    scene.notes.delete(WORDS)
  }
}
