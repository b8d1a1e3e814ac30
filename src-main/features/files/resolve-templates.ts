import { sameJson } from '@contract/json'
import { freeName, nameKey } from '@contract/names'
import type { TemplateContent } from '@contract/entities/template'
import { TemplateId } from '@contract/ids'
import type { TemplateRow, VersionRow } from '@main/data/template-store'
import { newId } from '@main/platform/ids'
import { conflictOf, type ImportContext } from './import-context'
import { createItemNotes, type ItemNotes } from './import-notes'
import { renameTaken } from './rename-taken'
import type { ResolvedModelConfigs } from './resolve-model-configs'
import type { FileContent, FileTemplate } from './template-file'
import { versionsInOrder, type TemplateShelf } from './template-shelf'

/** A version that comes in; one without a time gets that at which it is written. */
type NewVersion = Omit<VersionRow, 'createdAt' | 'number'> & { createdAt: string | null; content: TemplateContent }

/** A template to write. The versions come behind those that it has: what is replaced keeps its history. */
export interface TemplateWrite {
  id: TemplateId
  words: Pick<TemplateRow, 'name' | 'description' | 'group'>
  /** Null for a new one. */
  before: TemplateRow | null
  versions: NewVersion[]
}

interface Ports {
  context: ImportContext
  shelf: TemplateShelf
  modelConfigs: ResolvedModelConfigs
  /** Names that say something in every template. */
  takenNames: ReadonlySet<string>
}

/** What the templates of a file come to here. Nothing in them is run. Throws `file_invalid`. */
export function resolveTemplates(ports: Ports, templates: readonly FileTemplate[]): TemplateWrite[] {
  if (templates.length === 0) return []
  const { context, shelf } = ports
  const writes: TemplateWrite[] = []
  const known = shelf.list()
  const idOf = new Map(known.map(({ id, name }) => [nameKey(name), id]))
  const taken = new Set(idOf.keys())

  for (const [index, { name, description, group, versions: given }] of templates.entries()) {
    const notes = createItemNotes()
    const versions = given.map(({ createdAt, content, ...words }, place): NewVersion => {
      const at = ['templates', index, 'versions', place, 'content', 'model']
      return { ...words, createdAt: createdAt ?? null, content: contentOf(ports, content, at, notes) }
    })
    const id = idOf.get(nameKey(name)) ?? null
    const here = id === null ? null : shelf.get(id)
    const added = id === null ? versions : beyond(versionsInOrder(shelf, id), versions)
    const isSame = here !== null && added.length === 0 && here.description === description && here.group === group
    const decision = context.decide(
      {
        kind: 'template',
        name,
        conflict: conflictOf(here, isSame),
        replaceable: here !== null,
        holds: { variables: versions.at(-1)?.content.variables.length ?? 0, versions: versions.length },
      },
      notes
    )
    if (decision === 'none' || decision === 'skip') continue
    if (id !== null && decision === 'replace') {
      const before = context.stores.templates.get(id)
      writes.push({ id, words: { name, description, group }, before, versions: added })
      continue
    }
    const free = freeName(name, (one) => taken.has(nameKey(one)))
    taken.add(nameKey(free))
    writes.push({ id: newId(TemplateId), words: { name: free, description, group }, before: null, versions })
  }
  return writes
}

type Said = Pick<NewVersion, 'name' | 'note' | 'content'>

/** The versions that go on where those that are here end; all of them, where they have nothing in common. */
function beyond(here: readonly Said[], given: NewVersion[]): NewVersion[] {
  const saysSame = (a: Said, b: Said | undefined) =>
    b !== undefined && a.name === b.name && a.note === b.note && sameJson(a.content, b.content)
  for (let shared = Math.min(here.length, given.length); shared > 0; shared -= 1)
    if (here.slice(-shared).every((version, place) => saysSame(version, given[place]))) return given.slice(shared)
  return given
}

/** With the ids of this computer in the place of names, and names that can be saved. What becomes otherwise is noted. */
function contentOf(
  { context, modelConfigs, takenNames }: Ports,
  given: FileContent,
  at: readonly PropertyKey[],
  notes: ItemNotes
): TemplateContent {
  const { model, ...rest } = renameTaken(given, takenNames, (name, now) =>
    notes.changed({ kind: 'variable', name, now })
  )
  if (model.kind === 'config') {
    const id = model.name === null ? null : modelConfigs.idOf(model.name, 'chat', [...at, 'name'], notes)
    return { ...rest, model: { kind: 'config', id } }
  }
  // Its role goes on with it, to another computer or a later version that has it.
  if (!context.roles.hasChat(model.role)) notes.changed({ kind: 'role', name: model.role })
  return { ...rest, model }
}
