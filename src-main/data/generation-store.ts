import type { GenerationState, GenerationSummary } from '@contract/entities/generation'
import type { InputValues } from '@contract/entities/template'
import type { BatchId, GenerationId, StoryId, TemplateId } from '@contract/ids'
import type { Db } from './database'
import {
  COLUMNS,
  fromStored,
  inputsColumn,
  LISTED,
  summaryOf,
  toStored,
  valueColumn,
  type GenerationRow,
  type ListedGeneration,
  type StoredGeneration,
} from './stored-generation'

/** Which generations are looked for. */
export interface GenerationFilter {
  templateId?: TemplateId | undefined
  storyId?: StoryId | undefined
  model?: string | undefined
  states?: readonly GenerationState[] | undefined
  batchId?: BatchId | undefined
  favourite?: boolean | undefined
  /** Each of them is found in its words. */
  words?: readonly string[] | undefined
  before?: GenerationId | undefined
  ids?: readonly GenerationId[] | undefined
  limit: number
}

/** What the user makes of an answer. */
export type EditedAnswer = Pick<GenerationRow, 'id' | 'text' | 'value' | 'state' | 'title' | 'excerpt' | 'words'>

/** Uses of templates. What was deleted is in no answer of it until it is restored. */
export interface GenerationStore {
  get(id: GenerationId): GenerationRow | null
  /** The newest first. */
  list(filter: GenerationFilter): GenerationSummary[]
  models(): string[]
  lastInputs(id: TemplateId): InputValues | null
  /** How often templates were used. */
  counts(): Map<TemplateId, number>
  /** How often each version of a template was used. */
  versionCounts(id: TemplateId): Map<number, number>
  ofRow(batchId: BatchId, row: number): GenerationRow | null
  insert(row: GenerationRow): void
  /** All that a run makes of it. One that is over is packed. */
  update(row: GenerationRow): void
  edit(answer: EditedAnswer): void
  setFavourite(id: GenerationId, favourite: boolean): void
  remove(ids: readonly GenerationId[], now: string): void
  /** Returns those that were brought back. */
  restore(ids: readonly GenerationId[]): GenerationId[]
  /** Ends those that ran when the app ended. */
  endInterrupted(): void
  /** Whether one is being made that a restart would cut off; rows of a batch go on after it. */
  isAnyRunning(): boolean
  /** Deletes for good some of those that were deleted before a time; false when none is left. */
  removePartBefore(time: string): boolean
}

/** What a run leaves as it is: what the user decides about a generation is not for its run to say. */
const KEPT: ReadonlySet<string> = new Set(['id', 'favourite', 'created_at'])

/** So many are deleted for good at a time. */
const PART = 20

export function createGenerationStore(db: Db): GenerationStore {
  const get = db.prepare<[GenerationId], StoredGeneration>(
    'SELECT * FROM generations WHERE id = ? AND deleted_at IS NULL'
  )
  const ofRow = db.prepare<[BatchId, number], StoredGeneration>(
    'SELECT * FROM generations WHERE batch_id = ? AND batch_row = ?'
  )
  const models = db
    .prepare<[], string>("SELECT DISTINCT model FROM generations WHERE deleted_at IS NULL AND model <> '' ORDER BY 1")
    .pluck()
  const lastInputs = db
    .prepare<[TemplateId], string>(
      `SELECT inputs FROM generations WHERE template_id = ? AND deleted_at IS NULL AND batch_id IS NULL
       ORDER BY id DESC LIMIT 1`
    )
    .pluck()
  const counts = db.prepare<[], { id: TemplateId; count: number }>(
    'SELECT template_id AS id, count(*) AS count FROM generations WHERE deleted_at IS NULL GROUP BY template_id'
  )
  const versionCounts = db.prepare<[TemplateId], { version: number; count: number }>(
    `SELECT version, count(*) AS count FROM generations WHERE template_id = ? AND deleted_at IS NULL GROUP BY version`
  )
  const insert = db.prepare<[StoredGeneration]>(
    `INSERT INTO generations (${COLUMNS.join()}) VALUES (${COLUMNS.map((name) => `@${name}`).join()})`
  )
  const update = db.prepare<[StoredGeneration]>(
    `UPDATE generations SET ${COLUMNS.flatMap((name) => (KEPT.has(name) ? [] : `${name} = @${name}`)).join()}
     WHERE id = @id`
  )
  const edit = db.prepare<[Omit<EditedAnswer, 'value'> & { value: string | null }]>(
    `UPDATE generations SET text = @text, value = @value, state = @state, title = @title, excerpt = @excerpt,
       words = @words, edited = 1, error = iif(@state = 'complete', NULL, error) WHERE id = @id`
  )
  const setFavourite = db.prepare<[0 | 1, GenerationId]>('UPDATE generations SET favourite = ? WHERE id = ?')
  const remove = db.prepare<[string, string]>(
    `UPDATE generations SET deleted_at = ? WHERE deleted_at IS NULL AND id IN (SELECT value FROM json_each(?))`
  )
  const restore = db
    .prepare<[string], GenerationId>(
      `UPDATE generations SET deleted_at = NULL WHERE deleted_at IS NOT NULL
         AND id IN (SELECT value FROM json_each(?)) RETURNING id`
    )
    .pluck()
  const endInterrupted = db.prepare("UPDATE generations SET state = 'stopped' WHERE state = 'running'")
  const running = db.prepare("SELECT 1 FROM generations WHERE state = 'running' AND batch_id IS NULL LIMIT 1")
  const removePart = db.prepare<[string, number]>(
    `DELETE FROM generations WHERE id IN (SELECT id FROM generations WHERE deleted_at < ? LIMIT ?)`
  )

  const list = ({ limit, ...filter }: GenerationFilter): GenerationSummary[] => {
    const wanted: string[] = ['deleted_at IS NULL']
    const values: Record<string, string | number> = { limit }
    const where = (condition: string, name: string, value: string | number | undefined) => {
      if (value === undefined) return
      wanted.push(condition)
      values[name] = value
    }
    const json = (value: readonly unknown[] | undefined) => value && JSON.stringify(value)
    where('template_id = @templateId', 'templateId', filter.templateId)
    where('story_id = @storyId', 'storyId', filter.storyId)
    where('model = @model', 'model', filter.model)
    where('batch_id = @batchId', 'batchId', filter.batchId)
    where('favourite = @favourite', 'favourite', filter.favourite === undefined ? undefined : Number(filter.favourite))
    where('state IN (SELECT value FROM json_each(@states))', 'states', json(filter.states))
    where('id IN (SELECT value FROM json_each(@ids))', 'ids', json(filter.ids))
    where('id < @before', 'before', filter.before)
    if (filter.words && filter.words.length > 0)
      where('NOT EXISTS (SELECT 1 FROM json_each(@words) WHERE instr(words, value) = 0)', 'words', json(filter.words))
    return db
      .prepare<[Record<string, string | number>], ListedGeneration>(
        `SELECT ${LISTED.join()} FROM generations WHERE ${wanted.join(' AND ')} ORDER BY id DESC LIMIT @limit`
      )
      .all(values)
      .map(summaryOf)
  }

  const one = (row: StoredGeneration | undefined) => (row ? fromStored(row) : null)
  return {
    get: (id) => one(get.get(id)),
    list,
    models: () => models.all(),
    lastInputs: (id) => {
      const text = lastInputs.get(id)
      return text === undefined ? null : inputsColumn.decode(text).values
    },
    counts: () => new Map(counts.all().map(({ id, count }) => [id, count])),
    versionCounts: (id) => new Map(versionCounts.all(id).map(({ version, count }) => [version, count])),
    ofRow: (batchId, row) => one(ofRow.get(batchId, row)),
    insert: (row) => void insert.run(toStored(row)),
    update: (row) => void update.run(toStored(row)),
    edit: ({ value, ...answer }) =>
      void edit.run({ ...answer, value: value === null ? null : valueColumn.encode({ read: value }) }),
    setFavourite: (id, favourite) => void setFavourite.run(favourite ? 1 : 0, id),
    remove: (ids, now) => void remove.run(now, JSON.stringify(ids)),
    restore: (ids) => restore.all(JSON.stringify(ids)),
    isAnyRunning: () => running.get() !== undefined,
    endInterrupted: () => void endInterrupted.run(),
    removePartBefore: (time) => removePart.run(time, PART).changes === PART,
  }
}
