import type { Media, MediaState, MediaSummary } from '@contract/entities/media'
import type { MediaId, MessageId, StageId, StoryId } from '@contract/ids'
import type { Db } from './database'
import {
  fromStored,
  LISTED,
  madeColumns,
  summaryOf,
  ticketColumn,
  toStored,
  viewOf,
  type Around,
  type Listed,
  type MadeMedia,
  type MediaRow,
  type MediaTicket,
  type Stored,
} from './stored-media'

export interface MediaFilter {
  storyId?: StoryId | undefined
  messageId?: MessageId | undefined
  stage?: StageId | undefined
  /** Each of them is found in it. */
  found?: readonly string[] | undefined
  before?: MediaId | undefined
  ids?: readonly MediaId[] | undefined
  limit: number
}

/** What stages made. What was deleted is in no answer until it is restored. */
export interface MediaStore {
  get(id: MediaId): MediaRow | null
  /** As the app shows it: how far it is by its job, and what it was made for as far as that is there. */
  view(id: MediaId): Media | null
  /** The newest first. */
  list(filter: MediaFilter): MediaSummary[]
  insert(row: MediaRow): void
  keep(made: MadeMedia): void
  setState(id: MediaId, state: MediaState): void
  setTicket(id: MediaId, ticket: MediaTicket | null): void
  /** With how it is shown and found then. */
  rename(id: MediaId, named: Pick<MediaRow, 'title' | 'excerpt' | 'found'>): void
  setDeleted(id: MediaId, deletedAt: string | null): void
  deleted(): { id: MediaId; title: string; storyTitle: string | null; deletedAt: string }[]
  /** Removes for good. */
  remove(id: MediaId): void
  removeDeletedBefore(time: string): void
  /** Whether anything has a file, in the bin too. */
  hasFile(hash: string): boolean
  /** Whether something is there, in the bin too, that is not made yet. */
  isUnfinished(id: string): boolean
}

const AROUND = `s.title AS story_title, p.id AS passage, j.id AS job_id, j.state AS job_state FROM media m
  LEFT JOIN stories s ON s.id = m.story_id AND s.deleted_at IS NULL
  LEFT JOIN messages p ON p.id = m.message_id AND p.deleted_at IS NULL
  LEFT JOIN jobs j ON j.kind = 'media' AND j.subject = m.id`

export function createMediaStore(db: Db): MediaStore {
  const get = db.prepare<[MediaId], Stored>('SELECT * FROM media WHERE id = ? AND deleted_at IS NULL')
  const view = db.prepare<[MediaId], Stored & Around>(`SELECT m.*, ${AROUND} WHERE m.id = ? AND m.deleted_at IS NULL`)
  const names = [...LISTED, 'found', 'request', 'asked', 'ticket', 'made']
  const listed = LISTED.map((name) => `m.${name}`).join(', ')
  const insert = db.prepare<[Stored]>(
    `INSERT INTO media (${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})`
  )
  const keep = db.prepare<[ReturnType<typeof madeColumns> & { id: MediaId }]>(
    `UPDATE media SET state = @state, error = @error, provider = @provider, model = @model, token_name = @token_name,
       hash = @hash, file = @file, cost = @cost, cost_source = @cost_source, asked = @asked, made = @made WHERE id = @id`
  )
  const setState = db.prepare<[MediaState, MediaId]>('UPDATE media SET state = ?, error = NULL WHERE id = ?')
  const setTicket = db.prepare<[string | null, MediaId]>('UPDATE media SET ticket = ? WHERE id = ?')
  const rename = db.prepare<[Pick<MediaRow, 'id' | 'title' | 'excerpt' | 'found'>]>(
    'UPDATE media SET title = @title, excerpt = @excerpt, found = @found WHERE id = @id'
  )
  const setDeleted = db.prepare<[string | null, MediaId]>('UPDATE media SET deleted_at = ? WHERE id = ?')
  const deleted = db.prepare<[], { id: MediaId; title: string; storyTitle: string | null; deletedAt: string }>(
    `SELECT m.id, m.title, s.title AS storyTitle, m.deleted_at AS deletedAt FROM media m
     LEFT JOIN stories s ON s.id = m.story_id WHERE m.deleted_at IS NOT NULL`
  )
  const remove = db.prepare<[MediaId]>('DELETE FROM media WHERE id = ?')
  const removeBefore = db.prepare<[string]>('DELETE FROM media WHERE deleted_at < ?')
  const hasFile = db.prepare<[string], { id: string }>('SELECT id FROM media WHERE hash = ? LIMIT 1')

  const unfinished = db.prepare<[string], { id: string }>("SELECT id FROM media WHERE id = ? AND state <> 'complete'")

  const list = ({ limit, ...filter }: MediaFilter): MediaSummary[] => {
    const wanted: string[] = ['m.deleted_at IS NULL']
    const values: Record<string, string | number> = { limit }
    const where = (condition: string, name: string, value: string | undefined) => {
      if (value === undefined) return
      wanted.push(condition)
      values[name] = value
    }
    where('m.story_id = @storyId', 'storyId', filter.storyId)
    where('m.message_id = @messageId', 'messageId', filter.messageId)
    where('m.stage = @stage', 'stage', filter.stage)
    where('m.id < @before', 'before', filter.before)
    where('m.id IN (SELECT value FROM json_each(@ids))', 'ids', filter.ids && JSON.stringify(filter.ids))
    if (filter.found && filter.found.length > 0)
      where(
        'NOT EXISTS (SELECT 1 FROM json_each(@found) WHERE instr(m.found, value) = 0)',
        'found',
        JSON.stringify(filter.found)
      )
    return db
      .prepare<[Record<string, string | number>], Listed & Around>(
        `SELECT ${listed}, ${AROUND} WHERE ${wanted.join(' AND ')} ORDER BY m.id DESC LIMIT @limit`
      )
      .all(values)
      .map(summaryOf)
  }

  return {
    get: (id) => {
      const row = get.get(id)
      return row ? fromStored(row) : null
    },
    view: (id) => {
      const row = view.get(id)
      return row ? viewOf(row) : null
    },
    list,
    insert: (row) => void insert.run(toStored(row)),
    keep: ({ id, ...made }) => void keep.run({ id, ...madeColumns(made) }),
    setState: (id, state) => void setState.run(state, id),
    setTicket: (id, ticket) => void setTicket.run(ticket && ticketColumn.encode(ticket), id),
    rename: (id, named) => void rename.run({ id, ...named }),
    setDeleted: (id, deletedAt) => void setDeleted.run(deletedAt, id),
    deleted: () => deleted.all(),
    remove: (id) => void remove.run(id),
    removeDeletedBefore: (time) => void removeBefore.run(time),
    hasFile: (hash) => hasFile.get(hash) !== undefined,
    isUnfinished: (id) => unfinished.get(id) !== undefined,
  }
}
