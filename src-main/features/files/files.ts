import { z } from 'zod'
import { CommonError, FabulaError, FileError } from '@contract/errors'
import type { ParsedInput, RouteOutput } from '@contract/routes'
import type { Stores } from '@main/data/stores'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import { newId } from '@main/platform/ids'
import type { Redactor } from '@main/platform/redact'
import type { Vault } from '@main/secrets/vault'
import type { ProviderDirectory } from '@main/settings/provider-directory'
import type { RoleRegistry } from '@main/settings/role-registry'
import { configsOfPreset } from '@main/settings/users-of'
import { exportFile } from './export-file'
import type { ParsedChoices } from './import-settings'
import { createLastImports } from './last-import'
import { readFile } from './read-file'
import { templatesBeside } from './recognise-foreign'
import { emptyFile } from './configuration-file'
import { refuseTooLarge } from '@main/formats/read-json'
import { resolveImport, type Resolution } from './resolve-import'
import { translateForeign } from './translate-foreign'
import { undoImport } from './undo-import'
import { joinWritten, writeImport, type WrittenImport } from './write-import'

/** Configuration that comes and goes as files. */
export interface Files {
  export(asked: ParsedInput<'files.export'>): RouteOutput<'files.export'>
  preview(asked: ParsedInput<'files.preview'>): RouteOutput<'files.preview'>
  import(asked: ParsedInput<'files.import'>): RouteOutput<'files.import'>
  /** The import that can be undone, or null. */
  lastImport(): RouteOutput<'files.lastImport'>
  undo(undoId: string): void
}

const UndoId = z.uuidv7()

const noChoices: ParsedChoices = { conflicts: {}, tokens: {}, servers: {}, models: {} }

export function createFiles(ports: {
  stores: Stores
  directory: ProviderDirectory
  roles: RoleRegistry
  redactor: Redactor
  vault: Vault
  events: EventHub
  clock: Clock
}): Files {
  const { stores, events, clock } = ports
  const last = createLastImports(stores.facts)

  /** What a file comes to here, whichever kind it is. */
  const understand = (text: string, fileName: string, choices: ParsedChoices) => {
    const read = readFile(text)
    const plain = { templates: [], losses: [], needsModel: false }
    if (read.format === 'fabula')
      return { ...plain, format: read.format, resolve: () => resolveImport(ports, read.file, choices) }
    if (read.format === 'sillytavern-templates')
      return { ...plain, ...read, resolve: () => resolveImport(ports, emptyFile, choices) }
    const templates = templatesBeside(read.beside)
    const { file, losses, models, needsModel } = translateForeign(ports, read, fileName, choices.model)
    const all = { ...choices, models: { ...choices.models, ...models } }
    return { format: read.format, templates, losses, needsModel, resolve: () => resolveImport(ports, file, all) }
  }

  const changed = ({ providers, modelConfigs, presets }: WrittenImport) => {
    const states = presets.flatMap(({ before, after }) => (before ? [before, after] : [after]))
    events.changed(
      { topic: 'providers', ids: providers.map(({ after }) => after.id) },
      {
        topic: 'modelConfigs',
        ids: [...modelConfigs.map(({ after }) => after.id), ...states.flatMap(configsOfPreset)],
      },
      // Another one may have become the default.
      { topic: 'presets', ids: [...states.map(({ id }) => id), ...stores.presets.ids()] },
      { topic: 'models', ids: providers.flatMap(({ after }) => stores.models.idsOf(after.id)) },
      { topic: 'tokens', ids: providers.flatMap(({ after }) => stores.tokens.ofProvider(after.id).map(({ id }) => id)) }
    )
  }

  return {
    export: (asked) => exportFile(ports, asked),

    preview: ({ text, fileName, model }) => {
      const { format, templates, losses, needsModel, resolve } = understand(
        text,
        fileName,
        model ? { ...noChoices, model } : noChoices
      )
      const { items, missing } = resolve()
      return { format, templates, items, missing, losses, needsModel }
    },

    import: ({ files, choices }) => {
      refuseTooLarge(files.map(({ text }) => text))
      const understood = files.map(({ text, fileName }) => understand(text, fileName, choices))
      if (understood.some(({ needsModel }) => needsModel))
        throw new FabulaError(CommonError.BadInput, 'A file names no model that is known here', {
          details: { path: 'choices.model' },
        })
      const undoId = newId(UndoId)
      const importedAt = timestamp(clock)
      return stores.transaction(() => {
        // Each file meets what the ones before it have written, as if they came one after another.
        const done = understood.map(({ resolve }) => {
          const resolution = resolve()
          return { resolution, written: writeImport(stores, resolution, importedAt) }
        })
        const written = joinWritten(done.map((one) => one.written))
        const report = reportOf(
          undoId,
          done.map((one) => one.resolution),
          written
        )
        // An import that wrote nothing leaves the one before it to be undone.
        if (report.providers.length + report.modelConfigs.length + report.presets.length === 0) return report
        last.remember({ undoId, fileName: files[0]?.fileName ?? '', files: files.length, importedAt }, written)
        changed(written)
        return report
      })
    },

    lastImport: last.get,

    undo: (undoId) => {
      const written = stores.transaction(() => {
        const written = last.get()?.undoId === undoId ? last.rows() : null
        if (!written) throw new FabulaError(FileError.UndoGone, 'Another import came after this one')
        undoImport(ports, written, timestamp(clock))
        last.forget()
        return written
      })
      changed(written)
    },
  }
}

function reportOf(
  undoId: string,
  resolutions: readonly Resolution[],
  { providers, modelConfigs, presets }: WrittenImport
): RouteOutput<'files.import'> {
  return {
    undoId,
    presets: presets.map(({ after: { id, name } }) => ({ id, name })),
    modelConfigs: modelConfigs.map(({ after: { id, name } }) => ({ id, name })),
    providers: providers.map(({ after: { id, name, slug } }) => ({ id, name: name ?? slug })),
    replaced: [...providers, ...modelConfigs, ...presets].filter(({ before }) => before !== null).length,
    skipped: resolutions.reduce((sum, { skipped }) => sum + skipped, 0),
    notCarried: resolutions.flatMap(({ notCarried }) => notCarried),
  }
}
