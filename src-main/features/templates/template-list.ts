import {
  emptyContent,
  hasVersion,
  type Becomes,
  type NewTemplate,
  type Template,
  type TemplateContent,
  type TemplatePatch,
  type TemplateSummary,
  type TemplateVersion,
} from '@contract/entities/template'
import { CommonError, FabulaError, StorageError, TemplateError } from '@contract/errors'
import { TemplateId } from '@contract/ids'
import { sameJson } from '@contract/json'
import { freeName, nameKey, takenAmong } from '@contract/names'
import type { RouteOutput } from '@contract/routes'
import type { Language } from '@contract/values'
import type { Stores } from '@main/data/stores'
import { configOfTemplate, type TemplateRow, type VersionContent } from '@main/data/template-store'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import { newId } from '@main/platform/ids'
import type { Starter } from './starters'
import { takenNames } from './template-prompts'

/** Templates and their versions. Those of the starter set speak the language of the app until they are changed. */
export interface TemplateList {
  list(ids?: readonly TemplateId[]): TemplateSummary[]
  get(id: TemplateId): Template
  create(input: NewTemplate): Template
  update(id: TemplateId, patch: TemplatePatch): Template
  duplicate(id: TemplateId): Template
  remove(id: TemplateId): void
  keepDraft(id: TemplateId, draft: TemplateContent | null): void
  save(id: TemplateId, content: TemplateContent, words: { name: string; note: string }): Template
  versions(id: TemplateId): TemplateVersion[]
  version(id: TemplateId, number: number): RouteOutput<'templates.version'>
  describeVersion(id: TemplateId, number: number, words: { name: string; note: string }): void
  restore(id: TemplateId, number: number): Template
  /**
   * What a use of a template works with: this version, or the one that is used; the starter set's in this language. Throws
   * `not_found`, `template_no_version`, and `database_damaged` for what cannot be read.
   */
  used(id: TemplateId, number: number | undefined, language: Language): UsedTemplate
  /** What the answers of a version become; null where it does not say, or is gone. */
  becomes(used: { templateId: TemplateId; version: number; language: Language }): Becomes | null
}

export interface UsedTemplate {
  name: string
  version: number
  content: TemplateContent
}

export function createTemplateList(ports: {
  stores: Stores
  starters: readonly Starter[]
  language: () => Language
  events: EventHub
  clock: Clock
}): TemplateList {
  const { stores, starters, language, events, clock } = ports

  const row = (id: TemplateId): TemplateRow => {
    const known = stores.templates.get(id)
    if (!known) throw new FabulaError(CommonError.NotFound, `There is no template ${id}`, { details: { path: 'id' } })
    return known
  }
  const starterOf = ({ starter }: Pick<TemplateRow, 'starter'>, spoken = language()) =>
    starters.find(({ key }) => key === starter)?.words[spoken] ?? null
  const nameOf = (one: TemplateRow): string => one.name ?? starterOf(one)?.name ?? one.starter ?? ''
  const told = (one: TemplateRow, generations: number) => {
    const { id, starter, group, version, createdAt, updatedAt } = one
    const description = one.description ?? starterOf(one)?.description ?? ''
    return { id, starter, name: nameOf(one), description, group, version, generations, createdAt, updatedAt }
  }
  const contentOf = (one: TemplateRow, number = one.version, spoken = language()): VersionContent => {
    if (number > 0) {
      const version = stores.templates.version(one.id, number)
      if (version) return version
    }
    if (number === 0 && one.starter === null) return { content: emptyContent }
    const starter = starterOf(one, spoken)
    return starter ? { content: starter.content } : { content: emptyContent, unreadable: ['content'] }
  }
  const usesOf = (id: TemplateId) =>
    [...stores.generations.versionCounts(id).values()].reduce((sum, one) => sum + one, 0)
  const view = (one: TemplateRow, uses = usesOf(one.id)): Template => {
    const { content, unreadable = [] } = contentOf(one)
    const parts = [...(one.unreadable ?? []), ...unreadable]
    return { ...told(one, uses), content, draft: one.draft, ...(parts.length > 0 ? { unreadable: parts } : {}) }
  }
  const summary = (one: TemplateRow, uses: number): TemplateSummary => {
    const { content, draft, ...rest } = view(one, uses)
    return { ...rest, format: content.answer.format, hasDraft: draft !== null }
  }

  const names = (except?: TemplateId) =>
    stores.templates.list().flatMap((one) => (one.id === except ? [] : [nameOf(one)]))
  const refuseTakenName = (name: string, except?: TemplateId) => {
    const same = names(except).find((other) => nameKey(other) === nameKey(name))
    if (same === undefined) return
    throw new FabulaError(CommonError.NameTaken, `A template is called ${same} already`, {
      details: { name: same, path: 'name' },
    })
  }
  /** Each variable has a name of its own, which says nothing else in a template. */
  const checkVariables = ({ variables }: TemplateContent) => {
    const taken = new Set(takenNames)
    for (const [index, { name }] of variables.entries()) {
      if (taken.has(name))
        throw new FabulaError(CommonError.NameTaken, `A template knows the name ${name} already`, {
          details: { name, path: `content.variables.${index}.name` },
        })
      taken.add(name)
    }
  }
  const changed = (id: TemplateId) => events.changed({ topic: 'templates', ids: [id] })
  /** Says so of the model configs that a template names: they know who uses them. To be called before and after a change. */
  const changedConfigs = (one: TemplateRow) => {
    const ids = [contentOf(one).content, one.draft].flatMap((content) => configOfTemplate(content) ?? [])
    events.changed({ topic: 'modelConfigs', ids })
  }
  const write = (one: TemplateRow): Template => {
    changedConfigs(row(one.id))
    stores.templates.update({ ...one, updatedAt: timestamp(clock) })
    changedConfigs(one)
    changed(one.id)
    return view(row(one.id))
  }
  const insert = (made: Pick<TemplateRow, 'name' | 'description' | 'group'>, content: TemplateContent): Template => {
    const id = newId(TemplateId)
    const now = timestamp(clock)
    const version = sameJson(content, emptyContent) ? 0 : 1
    stores.templates.insert({ ...made, id, starter: null, version, draft: null, createdAt: now, updatedAt: now })
    if (version > 0) stores.templates.addVersion(id, { number: version, name: '', note: '', createdAt: now, content })
    changedConfigs(row(id))
    changed(id)
    return view(row(id))
  }
  /** What says the same makes no version of its own. */
  const addVersion = (one: TemplateRow, content: TemplateContent, words: { name: string; note: string }): Template => {
    const isNew = !sameJson(contentOf(one).content, content) || words.name !== '' || words.note !== ''
    if (!isNew) return one.draft === null ? view(one) : write({ ...one, draft: null })
    const number = (stores.templates.versions(one.id)[0]?.number ?? 0) + 1
    stores.templates.addVersion(one.id, { number, ...words, createdAt: timestamp(clock), content })
    return write({ ...one, version: number, draft: null })
  }
  const versionAt = (one: TemplateRow, number: number): RouteOutput<'templates.version'> => {
    const generations = stores.generations.versionCounts(one.id).get(number) ?? 0
    if (number === 0 && (one.starter !== null || one.version === 0))
      return { number, name: '', note: '', generations, createdAt: null, content: contentOf(one, 0).content }
    const version = stores.templates.version(one.id, number)
    if (!version)
      throw new FabulaError(CommonError.NotFound, `The template has no version ${number}`, {
        details: { path: 'number' },
      })
    const { name, note, createdAt, content } = version
    return { number, name, note, generations, createdAt, content }
  }

  const used: TemplateList['used'] = (id, number, spoken) => {
    const known = row(id)
    const version = number ?? known.version
    if (number === undefined && !hasVersion(known))
      throw new FabulaError(TemplateError.NoVersion, `The template ${id} was never saved`, {
        details: { name: nameOf(known) },
      })
    if (version > 0 || known.starter === null) versionAt(known, version)
    const { content, unreadable } = contentOf(known, version, spoken)
    if (unreadable)
      throw new FabulaError(StorageError.DatabaseDamaged, `Version ${version} of the template ${id} cannot be read`)
    return { name: nameOf(known), version, content }
  }

  return {
    list: (ids) => {
      const uses = stores.generations.counts()
      return stores.templates
        .list(ids)
        .map((one) => summary(one, uses.get(one.id) ?? 0))
        .toSorted((a, b) => a.name.localeCompare(b.name, language()) || a.id.localeCompare(b.id))
    },
    get: (id) => view(row(id)),
    create: ({ name, description, group, content }) =>
      stores.transaction(() => {
        refuseTakenName(name)
        checkVariables(content)
        return insert({ name, description, group }, content)
      }),
    update: (id, patch) =>
      stores.transaction(() => {
        const known = row(id)
        if (patch.name !== undefined) refuseTakenName(patch.name, id)
        return write({ ...known, ...patch })
      }),
    duplicate: (id) =>
      stores.transaction(() => {
        const { name, description, group, content } = view(row(id))
        return insert({ name: freeName(name, takenAmong(names())), description, group }, content)
      }),
    remove: (id) =>
      stores.transaction(() => {
        const known = row(id)
        changedConfigs(known)
        stores.bin.take('template', { id, name: nameOf(known) }, timestamp(clock))
        changed(id)
      }),
    keepDraft: (id, draft) =>
      stores.transaction(() => {
        const known = row(id)
        const isOther = draft !== null && !sameJson(contentOf(known).content, draft)
        write({ ...known, draft: isOther ? draft : null })
      }),
    save: (id, content, words) =>
      stores.transaction(() => {
        checkVariables(content)
        return addVersion(row(id), content, words)
      }),
    versions: (id) => {
      const known = row(id)
      const uses = stores.generations.versionCounts(id)
      const own = stores.templates.versions(id)
      const brought = known.starter === null ? [] : [{ number: 0, name: '', note: '', createdAt: null }]
      return [...own, ...brought].map((one) => ({ ...one, generations: uses.get(one.number) ?? 0 }))
    },
    version: (id, number) => versionAt(row(id), number),
    describeVersion: (id, number, words) =>
      stores.transaction(() => {
        const { createdAt } = versionAt(row(id), number)
        if (createdAt === null)
          throw new FabulaError(CommonError.BadInput, 'What the starter set brings has no name and note of the user', {
            details: { path: 'number', reason: '0' },
          })
        stores.templates.describeVersion(id, number, words)
        changed(id)
      }),
    restore: (id, number) =>
      stores.transaction(() => {
        const known = row(id)
        const { content } = versionAt(known, number)
        // As it was brought, it goes on speaking the language of the app.
        if (number === 0) return write({ ...known, version: 0, draft: null })
        return addVersion(known, content, { name: '', note: '' })
      }),
    used,
    becomes: ({ templateId, version, language: spoken }) => {
      const known = stores.templates.get(templateId)
      return known ? contentOf(known, version, spoken).content.becomes : null
    },
  }
}

/** Gives the user the templates of the starter set that they were never given before. */
export function seedStarters(stores: Pick<Stores, 'templates'>, starters: readonly Starter[], now: string): void {
  for (const { key, group } of starters) {
    if (!stores.templates.giveStarter(key)) continue
    const id = newId(TemplateId)
    const made = { id, starter: key, name: null, description: null, group, version: 0, draft: null }
    stores.templates.insert({ ...made, createdAt: now, updatedAt: now })
  }
}
