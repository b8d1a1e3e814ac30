import type { Summary } from '@contract/entities/summary'
import type { MessageId, StoryId, SummaryId } from '@contract/ids'
import type { Db } from './database'

export interface SummaryStore {
  /** Of all branches of a story, the first passages first and the finest first. */
  ofStory(id: StoryId): Summary[]
  get(id: SummaryId): Summary | null
  insert(summary: Summary): void
  /** The last passage that it covers, text, edited, stale, and when it was made. */
  update(summary: Summary): void
  setStale(id: SummaryId): void
  /** Those that go beyond a passage with which a chapter ends now, on whatever branch, but for the writer's own words. */
  setStaleAcross(end: MessageId): void
  /** All that are not the writer's own words. */
  setStaleOfStory(id: StoryId): void
  remove(id: SummaryId): void
}

interface Stored {
  id: SummaryId
  story_id: StoryId
  level: number
  first_id: MessageId
  last_id: MessageId
  first: number
  last: number
  text: string
  edited: 0 | 1
  stale: 0 | 1
  made_at: string
}

const fromStored = (row: Stored): Summary => ({
  id: row.id,
  storyId: row.story_id,
  level: row.level,
  firstId: row.first_id,
  lastId: row.last_id,
  first: row.first,
  last: row.last,
  text: row.text,
  edited: row.edited === 1,
  stale: row.stale === 1,
  madeAt: row.made_at,
})

const toStored = (summary: Summary): Stored => ({
  id: summary.id,
  story_id: summary.storyId,
  level: summary.level,
  first_id: summary.firstId,
  last_id: summary.lastId,
  first: summary.first,
  last: summary.last,
  text: summary.text,
  edited: summary.edited ? 1 : 0,
  stale: summary.stale ? 1 : 0,
  made_at: summary.madeAt,
})

const COLUMNS = 'id, story_id, level, first_id, last_id, first, last, text, edited, stale, made_at'

export function createSummaryStore(db: Db): SummaryStore {
  const ofStory = db.prepare<[StoryId], Stored>(
    `SELECT ${COLUMNS} FROM summaries WHERE story_id = ? ORDER BY level, first, seq`
  )
  const get = db.prepare<[SummaryId], Stored>(`SELECT ${COLUMNS} FROM summaries WHERE id = ?`)
  const insert = db.prepare<[Stored]>(
    `INSERT INTO summaries (${COLUMNS})
     VALUES (@id, @story_id, @level, @first_id, @last_id, @first, @last, @text, @edited, @stale, @made_at)`
  )
  const update = db.prepare<[Stored]>(
    `UPDATE summaries SET last_id = @last_id, last = @last, text = @text, edited = @edited, stale = @stale,
       made_at = @made_at WHERE id = @id`
  )
  const setStale = db.prepare<[SummaryId]>('UPDATE summaries SET stale = 1 WHERE id = ?')
  const setStaleAcross = db.prepare<[{ end: MessageId }]>(
    `UPDATE summaries SET stale = 1
     FROM (SELECT story_id, depth FROM messages WHERE id = @end) AS ended
     WHERE summaries.story_id = ended.story_id AND last > ended.depth AND first <= ended.depth AND edited = 0`
  )
  const setStaleOfStory = db.prepare<[StoryId]>('UPDATE summaries SET stale = 1 WHERE story_id = ? AND edited = 0')
  const remove = db.prepare<[SummaryId]>('DELETE FROM summaries WHERE id = ?')
  return {
    ofStory: (id) => ofStory.all(id).map(fromStored),
    get: (id) => {
      const row = get.get(id)
      return row ? fromStored(row) : null
    },
    insert: (summary) => void insert.run(toStored(summary)),
    update: (summary) => void update.run(toStored(summary)),
    setStale: (id) => void setStale.run(id),
    setStaleAcross: (end) => void setStaleAcross.run({ end }),
    setStaleOfStory: (id) => void setStaleOfStory.run(id),
    remove: (id) => void remove.run(id),
  }
}
