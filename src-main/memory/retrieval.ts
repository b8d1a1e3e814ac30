import type { MessageId, StoryId } from '@contract/ids'
import type { Db } from '@main/data/database'
import { embedText } from '@main/providers/protocols/builtin/embed-text'
import { fuse, type Fused, type Ranking } from './fusion'
import type { RecallInput } from './index-calls'
import type { Recalled } from './memory'
import { digestOf } from './passage-index'
import type { StoryText } from './story-text'
import type { VectorIndex } from './vector-index'
import type { VectorSets } from './vector-sets'
import { createWordSearch } from './word-search'

/**
 * How many results of each ranking are looked at for each piece that is wanted, and how many at least: one ranking may put
 * low what another puts high.
 */
const DEPTH = 4
const LEAST_DEPTH = 30

/** How much more the newest passage of a story weighs than its first: less than one place at the top of a ranking. */
const RECENCY = 0.05
/** The score that a pin adds: more than all rankings together can give. */
const PINNED = 10

interface Chunk {
  id: number
  passage: number
  message: MessageId
  storyId: StoryId
  start: number
  end: number
  digest: Buffer
}

/** What may be recalled. */
interface Scope {
  /** How new a passage is, by its number: 0 at the beginning of its story, 1 at its end; null for one that is left out. */
  newness(passage: number): number | null
  /** The numbers of passages that are always recalled. */
  pinned: Set<number>
  stories: number[]
}

/** Finds pieces of the path that is written on, and of stories that share its memory. */
export function createRetrieval(
  db: Db,
  text: StoryText,
  indexes: { sets: VectorSets; vectors: Pick<VectorIndex, 'embedder'> }
): (input: RecallInput) => Recalled[] {
  const words = createWordSearch(db)
  const storySeq = db.prepare<[StoryId], number>('SELECT seq FROM stories WHERE id = ?').pluck()
  const passage = db.prepare<[number], { id: MessageId; story: number; slight: 0 | 1 }>(
    'SELECT id, story, slight FROM passages WHERE seq = ?'
  )
  const passageSeq = db.prepare<[MessageId], number>('SELECT seq FROM passages WHERE id = ?').pluck()
  const passageOf = db.prepare<[number], number>('SELECT passage FROM chunks WHERE id = ?').pluck()
  const firstChunk = db.prepare<[number], number>('SELECT min(id) FROM chunks WHERE passage = ?').pluck()
  const chunk = db.prepare<[number], Chunk>(
    `SELECT chunks.id, passage, passages.id AS message, stories.id AS storyId, start, end, chunks.digest
     FROM chunks JOIN passages ON passages.seq = chunks.passage JOIN stories ON stories.seq = chunks.story
     WHERE chunks.id = ?`
  )

  /** A path may have ten thousand passages, so only the passages that were found are checked for being on it. */
  const scopeOf = ({ storyId, headId, others, leaveOut }: RecallInput): Scope => {
    const marks = text.marks(storyId)
    const leftOut = new Set([...leaveOut, ...marks.flatMap(({ messageId, mark }) => (mark === 'ban' ? messageId : []))])
    const paths = new Map<number, ReturnType<StoryText['pathTo']>>()
    for (const [id, head] of [
      [storyId, headId] as const,
      ...others.map((other) => [other, text.head(other)] as const),
    ]) {
      const story = storySeq.get(id)
      if (story !== undefined && head !== null) paths.set(story, text.pathTo(head))
    }
    const pins = new Set(marks.flatMap(({ messageId, mark }) => (mark === 'pin' ? messageId : [])))
    const known = new Map<number, number | null>()
    const newnessOf = (seq: number): number | null => {
      const row = passage.get(seq)
      const isRecalled = row && !leftOut.has(row.id) && (row.slight === 0 || pins.has(row.id))
      return isRecalled ? (paths.get(row.story)?.(row.id) ?? null) : null
    }
    const newness = (seq: number): number | null => {
      const before = known.get(seq)
      if (before !== undefined) return before
      const place = newnessOf(seq)
      known.set(seq, place)
      return place
    }
    const pinned = [...pins].map((id) => passageSeq.get(id) ?? 0).filter((seq) => newness(seq) !== null)
    return { newness, pinned: new Set(pinned), stories: [...paths.keys()] }
  }

  const rankingsOf = (input: RecallInput, { newness, stories }: Scope): Ranking[] => {
    const depth = Math.max(LEAST_DEPTH, input.limit * DEPTH)
    const fits = (seq: number) => newness(seq) !== null
    const chunkFits = (id: number) => fits(passageOf.get(id) ?? 0)
    const { identity = '', ownDimensions = null } = input.embedder ?? {}
    return input.queries.flatMap(({ text: question, vector: given }) => {
      const matches = words.find(question, stories, depth, chunkFits)
      const byWords: Ranking = {
        by: 'words',
        keys: matches.map(({ chunk: key }) => key),
        sure: matches.map(({ share }) => share),
      }
      const vector = ownDimensions === null ? given : embedText(question, ownDimensions)
      const embedder = vector ? indexes.vectors.embedder(identity, vector.length) : null
      if (!vector || embedder === null) return [byWords]
      const near = stories
        .flatMap((story) => indexes.sets.get(story, embedder)?.nearest(vector, fits, depth) ?? [])
        .toSorted((a, b) => b.score - a.score)
        .slice(0, depth)
      return [byWords, { by: 'meaning', keys: near.map(({ key }) => key) }]
    })
  }

  /** What was found with what is pinned, each with its weights. */
  const weighed = (rankings: readonly Ranking[], { newness, pinned }: Scope) => {
    const found = fuse(rankings).flatMap((one) => {
      const known = chunk.get(one.key)
      if (!known) return []
      const weight = 1 + RECENCY * (newness(known.passage) ?? 0)
      return [{ ...one, chunk: known, score: one.score * weight + (pinned.has(known.passage) ? PINNED : 0) }]
    })
    const here = new Set(found.map((one) => one.chunk.passage))
    const pins = [...pinned].flatMap((seq) => {
      const known = here.has(seq) ? undefined : chunk.get(firstChunk.get(seq) ?? 0)
      return known
        ? [{ key: known.id, meaning: false, words: false, chunk: known, score: PINNED + (newness(seq) ?? 0) / 100 }]
        : []
    })
    return [...found, ...pins].toSorted((a, b) => b.score - a.score || b.key - a.key)
  }

  return (input) => {
    const scope = scopeOf(input)
    if (scope.stories.length === 0 || input.limit < 1) return []
    const recalled: Recalled[] = []
    for (const { chunk: found, score, meaning, words: byWords } of weighed(rankingsOf(input, scope), scope)) {
      if (recalled.length >= input.limit) break
      const [whole] = text.texts([found.message])
      const said = whole?.text.slice(found.start, found.end) ?? ''
      // It was changed since it was taken up, and will be taken up again.
      if (!digestOf(said).equals(found.digest)) continue
      // The last sentence of one chunk may begin the next: two that meet are one piece.
      const beside = recalled.find(
        ({ messageId, start, end }) => messageId === found.message && start <= found.end && found.start <= end
      )
      if (beside && whole) {
        beside.start = Math.min(beside.start, found.start)
        beside.end = Math.max(beside.end, found.end)
        beside.text = whole.text.slice(beside.start, beside.end)
        continue
      }
      recalled.push({
        messageId: found.message,
        storyId: found.storyId,
        start: found.start,
        end: found.end,
        text: said,
        score,
        foundBy: foundBy({ meaning, words: byWords }),
      })
    }
    return recalled
  }
}

const foundBy = ({ meaning, words }: Pick<Fused, 'meaning' | 'words'>): Recalled['foundBy'] => {
  if (meaning && words) return 'both'
  if (meaning) return 'meaning'
  return words ? 'words' : 'pin'
}
