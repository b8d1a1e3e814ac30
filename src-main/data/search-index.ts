import { rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import type { MessageId, StoryId } from '@contract/ids'
import { STEM_TOKENIZER, stemmedText } from '@main/words/full-text'
import type { Db } from './database'

/** How far the index is. */
export interface IndexProgress {
  /** Passages that it has yet to take in. */
  waiting: number
  /** `text_changes` up to here are taken in. */
  doneTo: number
}

/**
 * The words of every passage of every story, by their stems, in a file of its own: what it holds can be made anew from the
 * database at any time, so it is removed when it is of another version, damaged, or of another database.
 */
export interface SearchIndex {
  /** Takes in what changed, and what was never taken in, for at most so many milliseconds. */
  takeIn(milliseconds: number): IndexProgress
  /** Every passage that fits (`matchExpression`), in the order they were made, whether its story shows it or not. */
  find(expression: string): FoundPassage[]
  close(): void
}

export interface FoundPassage {
  id: MessageId
  storyId: StoryId
}

/** Of the tables below and of the stems in them: another number makes the file anew. */
const VERSION = 1

const TABLES = `
CREATE TABLE passages (seq INTEGER PRIMARY KEY, id TEXT NOT NULL, story_id TEXT NOT NULL) STRICT;
CREATE VIRTUAL TABLE stems USING fts5 (text, tokenize = "${STEM_TOKENIZER}");
INSERT INTO stems (stems, rank) VALUES ('secure-delete', 1);
-- changes: up to where text_changes are taken in. built, build_end: passages of that seq are being taken in for the first time.
CREATE TABLE place (one INTEGER PRIMARY KEY CHECK (one = 1), changes INTEGER NOT NULL, built INTEGER NOT NULL,
  build_end INTEGER NOT NULL) STRICT;
PRAGMA user_version = ${VERSION};
`

/** Passages between two looks at the clock. */
const AT_ONCE = 10

interface Passage {
  seq: number
  id: MessageId
  story_id: StoryId
  text: string
}

interface Place {
  changes: number
  built: number
  build_end: number
}

/** `db` is only read. */
export function openSearchIndex(file: string, db: Db): SearchIndex {
  const index = openFile(file, db)
  const place = index.prepare<[], Place>('SELECT changes, built, build_end FROM place')
  const setPlace = index.prepare<[Place]>('UPDATE place SET changes = @changes, built = @built, build_end = @build_end')
  const forget = [
    index.prepare<[number]>('DELETE FROM stems WHERE rowid = ?'),
    index.prepare<[number]>('DELETE FROM passages WHERE seq = ?'),
  ]
  const add = index.prepare<[number, MessageId, StoryId]>('INSERT INTO passages VALUES (?, ?, ?)')
  const addStems = index.prepare<[number, string]>('INSERT INTO stems (rowid, text) VALUES (?, ?)')
  const found = index.prepare<[string], FoundPassage>(
    'SELECT p.id, p.story_id AS storyId FROM stems JOIN passages p ON p.seq = stems.rowid WHERE stems MATCH ? ORDER BY p.seq'
  )
  const columns = 'seq, id, story_id, text'
  const changed = db.prepare<[number, number], { seq: number; message_seq: number }>(
    'SELECT seq, message_seq FROM text_changes WHERE seq > ? ORDER BY seq LIMIT ?'
  )
  const passage = db.prepare<[number], Passage>(
    `SELECT ${columns} FROM messages WHERE seq = ? AND state <> 'streaming'`
  )
  const older = db.prepare<[number, number, number], Passage>(
    `SELECT ${columns} FROM messages WHERE seq > ? AND seq <= ? AND state <> 'streaming' ORDER BY seq LIMIT ?`
  )
  const waiting = db.prepare<[Place], { n: number }>(
    `SELECT (SELECT count(DISTINCT message_seq) FROM text_changes WHERE seq > @changes)
       + (SELECT count(*) FROM messages WHERE seq > @built AND seq <= @build_end) AS n`
  )

  const take = (seq: number, row: Passage | undefined) => {
    for (const statement of forget) statement.run(seq)
    if (!row || row.text === '') return
    add.run(seq, row.id, row.story_id)
    addStems.run(seq, stemmedText(row.text))
  }
  /** False when nothing is left. */
  const step = (at: Place): boolean => {
    const changes = changed.all(at.changes, AT_ONCE)
    for (const seq of new Set(changes.map(({ message_seq }) => message_seq))) take(seq, passage.get(seq))
    at.changes = changes.at(-1)?.seq ?? at.changes
    if (changes.length > 0) return true
    const rows = older.all(at.built, at.build_end, AT_ONCE)
    for (const row of rows) take(row.seq, row)
    at.built = rows.at(-1)?.seq ?? at.build_end
    return rows.length > 0
  }
  const readPlace = (): Place => {
    const at = place.get()
    if (!at) throw new Error('The index does not know how far it is')
    return at
  }

  return {
    takeIn: (milliseconds) => {
      const end = performance.now() + milliseconds
      const at = readPlace()
      index.transaction(() => {
        while (step(at) && performance.now() < end);
        setPlace.run(at)
      })()
      return { waiting: waiting.get(at)?.n ?? 0, doneTo: at.changes }
    },
    find: (expression) => found.all(expression),
    close: () => void index.close(),
  }
}

/** Opens the file, or a new one in its place. */
function openFile(file: string, db: Db): Db {
  const { last, first } = db
    .prepare<[], { last: number; first: number | null }>(
      `SELECT ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'text_changes'), 0) AS last,
         (SELECT min(seq) FROM text_changes) AS first`
    )
    .get() ?? { last: 0, first: null }
  const opened = open(file)
  if (opened) {
    const known = opened.prepare<[], { changes: number }>('SELECT changes FROM place').get()
    // Changes that it has not taken in may be gone already: an older copy of one of the two was put back.
    const knowsAll =
      known && (known.changes === last || (known.changes < last && first !== null && first <= known.changes + 1))
    if (knowsAll) return opened
    opened.close()
  }
  for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true })
  const made = prepared(new Database(file))
  made.exec(TABLES)
  made
    .prepare<[number, number]>('INSERT INTO place VALUES (1, ?, 0, ?)')
    .run(last, db.prepare<[], { seq: number | null }>('SELECT max(seq) AS seq FROM messages').get()?.seq ?? 0)
  return made
}

function open(file: string): Db | null {
  let index: Db | null = null
  try {
    index = prepared(new Database(file))
    if (index.pragma('user_version', { simple: true }) === VERSION) return index
  } catch {
    // Damaged: it is made anew.
  }
  index?.close()
  return null
}

/** What a power cut takes of it is taken in again. */
function prepared(index: Db): Db {
  index.pragma('journal_mode = WAL')
  index.pragma('synchronous = NORMAL')
  index.pragma('secure_delete = ON')
  return index
}
