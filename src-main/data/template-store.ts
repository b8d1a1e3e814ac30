import { emptyContent, TemplateContent, type TemplateGroup } from '@contract/entities/template'
import type { StoredPart } from '@contract/entities/unreadable'
import type { ModelConfigId, TemplateId } from '@contract/ids'
import type { Db } from './database'
import { jsonColumn, rowReader } from './json-column'

/** A template as it is kept. What is null is said by the starter set. */
export interface TemplateRow {
  id: TemplateId
  starter: string | null
  name: string | null
  description: string | null
  group: TemplateGroup
  /** The version that is used; 0 for what the starter set brings, and where there is no version yet. */
  version: number
  draft: TemplateContent | null
  unreadable?: StoredPart[]
  createdAt: string
  updatedAt: string
}

export interface VersionRow {
  number: number
  name: string
  note: string
  createdAt: string
}

/** What a version says. */
export interface VersionContent {
  content: TemplateContent
  unreadable?: StoredPart[]
}

export interface TemplateStore {
  /** With `ids`, those alone. */
  list(ids?: readonly TemplateId[]): TemplateRow[]
  get(id: TemplateId): TemplateRow | null
  /** The templates that name model configs, in the version that is used or in what is being written. */
  modelConfigs(): { id: TemplateId; name: string | null; starter: string | null; configs: ModelConfigId[] }[]
  insert(row: TemplateRow): void
  update(row: TemplateRow): void
  /** The newest first. */
  versions(id: TemplateId): VersionRow[]
  version(id: TemplateId, number: number): (VersionRow & VersionContent) | null
  addVersion(id: TemplateId, version: VersionRow & { content: TemplateContent }): void
  describeVersion(id: TemplateId, number: number, words: { name: string; note: string }): void
  removeVersions(id: TemplateId, numbers: readonly number[]): void
  /** Notes that one of the starter set was given; false where it was before. */
  giveStarter(key: string): boolean
}

interface Stored {
  id: TemplateId
  starter: string | null
  name: string | null
  description: string | null
  kind: TemplateGroup
  version: number
  draft: string | null
  created_at: string
  updated_at: string
}

interface StoredVersion {
  number: number
  name: string
  note: string
  content: string
  created_at: string
}

/** The model config that a template takes its model from, if it does. */
export const configOfTemplate = (content: Pick<TemplateContent, 'model'> | null): ModelConfigId | null =>
  content?.model.kind === 'config' ? content.model.id : null

const contentColumn = jsonColumn(TemplateContent, { otherwise: emptyContent })
const draftColumn = jsonColumn(TemplateContent, { otherwise: null })

function fromStored(row: Stored): TemplateRow {
  const reader = rowReader()
  return {
    id: row.id,
    starter: row.starter,
    name: row.name,
    description: row.description,
    group: row.kind,
    version: row.version,
    draft: row.draft === null ? null : reader.read('draft', draftColumn, row.draft),
    ...reader.note(),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

const toStored = (row: TemplateRow, before?: Stored): Stored => ({
  id: row.id,
  starter: row.starter,
  name: row.name,
  description: row.description,
  kind: row.group,
  version: row.version,
  draft: draftOver(row.draft, before?.draft),
  created_at: row.createdAt,
  updated_at: row.updatedAt,
})

const draftOver = (draft: TemplateContent | null, stored: string | null | undefined): string | null =>
  draft === null && stored == null ? null : draftColumn.encodeOver(draft, stored)

const versionOf = ({ number, name, note, created_at }: StoredVersion): VersionRow => ({
  number,
  name,
  note,
  createdAt: created_at,
})

export function createTemplateStore(db: Db): TemplateStore {
  const list = db.prepare<[{ ids: string | null }], Stored>(
    'SELECT * FROM templates WHERE @ids IS NULL OR id IN (SELECT value FROM json_each(@ids))'
  )
  const get = db.prepare<[TemplateId], Stored>('SELECT * FROM templates WHERE id = ?')
  // The words that only such a template has spare reading all the others.
  const withConfig = db.prepare<[], Pick<Stored, 'id' | 'name' | 'starter' | 'draft'> & { content: string | null }>(
    `SELECT id, templates.name, starter, draft, content FROM templates
     LEFT JOIN template_versions ON template_id = id AND number = version
     WHERE instr(ifnull(draft, '') || ifnull(content, ''), '"kind":"config"') > 0
     ORDER BY templates.name COLLATE NOCASE, id`
  )
  const insert = db.prepare<[Stored]>(
    `INSERT INTO templates
     VALUES (@id, @starter, @name, @description, @kind, @version, @draft, @created_at, @updated_at)`
  )
  const update = db.prepare<[Stored]>(
    `UPDATE templates SET name = @name, description = @description, kind = @kind, version = @version, draft = @draft,
       updated_at = @updated_at WHERE id = @id`
  )
  const versions = db.prepare<[TemplateId], StoredVersion>(
    'SELECT * FROM template_versions WHERE template_id = ? ORDER BY number DESC'
  )
  const version = db.prepare<[TemplateId, number], StoredVersion>(
    'SELECT * FROM template_versions WHERE template_id = ? AND number = ?'
  )
  const addVersion = db.prepare<[StoredVersion & { id: TemplateId }]>(
    'INSERT INTO template_versions VALUES (@id, @number, @name, @note, @content, @created_at)'
  )
  const describe = db.prepare<[string, string, TemplateId, number]>(
    'UPDATE template_versions SET name = ?, note = ? WHERE template_id = ? AND number = ?'
  )
  const removeVersions = db.prepare<[TemplateId, string]>(
    'DELETE FROM template_versions WHERE template_id = ? AND number IN (SELECT value FROM json_each(?))'
  )
  const give = db.prepare<[string]>('INSERT OR IGNORE INTO template_starters VALUES (?)')

  return {
    list: (ids) => list.all({ ids: ids ? JSON.stringify(ids) : null }).map(fromStored),
    get: (id) => {
      const row = get.get(id)
      return row ? fromStored(row) : null
    },
    modelConfigs: () =>
      withConfig.all().flatMap(({ id, name, starter, draft, content }) => {
        const said = [
          content === null ? null : contentColumn.decode(content),
          draft === null ? null : draftColumn.decode(draft),
        ]
        const configs = [...new Set(said.flatMap((one) => configOfTemplate(one) ?? []))]
        return configs.length > 0 ? [{ id, name, starter, configs }] : []
      }),
    insert: (row) => void insert.run(toStored(row)),
    update: (row) => void update.run(toStored(row, get.get(row.id))),
    versions: (id) => versions.all(id).map(versionOf),
    version: (id, number) => {
      const row = version.get(id, number)
      if (!row) return null
      const reader = rowReader()
      const content = reader.read('content', contentColumn, row.content)
      return { ...versionOf(row), content, ...reader.note() }
    },
    addVersion: (id, { content, createdAt, ...row }) =>
      void addVersion.run({ id, ...row, content: contentColumn.encode(content), created_at: createdAt }),
    describeVersion: (id, number, { name, note }) => void describe.run(name, note, id, number),
    removeVersions: (id, numbers) => void removeVersions.run(id, JSON.stringify(numbers)),
    giveStarter: (key) => give.run(key).changes > 0,
  }
}
