import { z } from 'zod'
import { sameJson } from '@contract/json'
import { TemplateContent, TemplateGroup } from '@contract/entities/template'
import { CommonError, FabulaError, FileError } from '@contract/errors'
import { TemplateId } from '@contract/ids'
import type { Stores } from '@main/data/stores'
import type { TemplateRow } from '@main/data/template-store'
import type { TemplateWrite } from './resolve-templates'

const Row = z.strictObject({
  id: TemplateId,
  starter: z.string().nullable(),
  name: z.string().nullable(),
  description: z.string().nullable(),
  group: TemplateGroup,
  version: z.number().int().nonnegative(),
  draft: TemplateContent.nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
})

/** One template as an import left it, as it was before, and the numbers of the versions that it got. */
export const WrittenTemplate = z.strictObject({
  before: Row.nullable(),
  after: Row,
  versions: z.array(z.number().int().positive()),
})
export type WrittenTemplate = z.infer<typeof WrittenTemplate>

/** Writes the templates of an import. Runs inside the caller's transaction. */
export function writeTemplates(
  { templates: store }: Pick<Stores, 'templates'>,
  writes: readonly TemplateWrite[],
  now: string
): WrittenTemplate[] {
  return writes.map(({ id, words, versions }) => {
    const before = rowOf(store.get(id))
    const last = store.versions(id)[0]?.number ?? 0
    const used = versions.length === 0 ? (before?.version ?? 0) : last + versions.length
    if (before) store.update({ ...before, ...words, version: used, updatedAt: now })
    else store.insert({ ...words, id, starter: null, version: used, draft: null, createdAt: now, updatedAt: now })
    const numbers = versions.map(({ createdAt, ...version }, place) => {
      const number = last + place + 1
      store.addVersion(id, { ...version, number, createdAt: createdAt ?? now })
      return number
    })
    const after = rowOf(store.get(id))
    if (!after) throw new FabulaError(CommonError.Internal, 'What was just written is not there')
    return { before, after, versions: numbers }
  })
}

/**
 * Takes back the templates that an import brought, and the versions that others got. Throws `undo_gone` for one that was
 * changed since. Runs inside the caller's transaction.
 */
export function undoTemplates(
  stores: Pick<Stores, 'templates' | 'bin'>,
  written: readonly WrittenTemplate[],
  now: string
): void {
  for (const { before, after, versions } of written) {
    const { id } = after
    const name = after.name ?? after.starter ?? ''
    if (!sameJson(rowOf(stores.templates.get(id)), after))
      throw new FabulaError(FileError.UndoGone, `${name} was changed since the import`, { details: { name } })
    if (before) {
      stores.templates.update(before)
      stores.templates.removeVersions(id, versions)
    } else {
      stores.bin.take('template', { id, name }, now)
      stores.bin.remove(id)
    }
  }
}

/** What several files did to each template, one after another. */
export function joinedTemplates(written: readonly WrittenTemplate[]): WrittenTemplate[] {
  const byId = new Map<TemplateId, WrittenTemplate>()
  for (const one of written) {
    const earlier = byId.get(one.after.id)
    const versions = [...(earlier?.versions ?? []), ...one.versions]
    byId.set(one.after.id, { before: earlier ? earlier.before : one.before, after: one.after, versions })
  }
  return [...byId.values()]
}

/** Without the note that a part of it could not be read. */
function rowOf(row: TemplateRow | null): z.infer<typeof Row> | null {
  if (row === null) return null
  const { unreadable: _note, ...kept } = row
  return kept
}
