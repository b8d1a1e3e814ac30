import { CommonError, FabulaError, FileError } from '@contract/errors'
import { LARGEST_FILE } from '@contract/routes/files'
import type { ParsedInput, RouteOutput } from '@contract/routes'
import type { Vault } from '@main/secrets/vault'
import { learnStoredSecrets } from '@main/settings/stored-secrets'
import { ConfigurationFile } from './configuration-file'
import { createFileWriter, type FileWriterPorts } from './file-writer'
import { fileNameFor } from './file-names'

/**
 * Writes what was asked for, and all that it stands on, as one file: presets with their model configs, those with the
 * providers that the user added. It is built field by field from what may travel, so nothing else can be in it; the schema
 * it is read with checks it on the way out. Throws `not_found`, and `file_too_large` for what could not be read again.
 */
export function exportFile(
  ports: FileWriterPorts & { vault: Vault },
  asked: ParsedInput<'files.export'>
): RouteOutput<'files.export'> {
  const { stores, vault } = ports
  learnStoredSecrets(stores, vault)
  const writer = createFileWriter(ports)
  const fileName = (() => {
    switch (asked.what) {
      case 'presets':
        return fileNameOf(
          asked.ids.map((id) => writer.preset(stores.presets.get(id) ?? missing('preset', id))),
          'presets',
          'preset'
        )
      case 'modelConfigs':
        return fileNameOf(
          asked.ids.map((id) => writer.modelConfig(stores.modelConfigs.get(id) ?? missing('model config', id))),
          'models',
          'model'
        )
      case 'templates':
        return fileNameOf(
          asked.ids.map((id) => writer.template(id, asked.versions)),
          'templates',
          'template'
        )
      case 'configuration':
        writer.everything()
        return fileNameFor('configuration', 'configuration')
    }
  })()
  const file = ConfigurationFile.parse(writer.file())
  const text = `${JSON.stringify(file, null, 2)}\n`
  if (Buffer.byteLength(text) > LARGEST_FILE)
    throw new FabulaError(FileError.TooLarge, `The file would have more than ${LARGEST_FILE} bytes`, {
      details: { limit: LARGEST_FILE },
    })
  return { fileName, text }
}

/** After the one thing that is in it, or after what they all are. */
function fileNameOf(names: readonly string[], several: string, otherwise: string): string {
  const [name = several, ...more] = new Set(names)
  return fileNameFor(more.length === 0 ? name : several, otherwise)
}

const missing = (what: string, id: string): never => {
  throw new FabulaError(CommonError.NotFound, `There is no ${what} ${id}`, { details: { path: 'ids' } })
}
