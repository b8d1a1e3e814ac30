import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache')
const folder = join(cache, 'fabula', 'json-schema-test-suite', 'tests', 'draft2020-12')

/** The cases of draft 2020-12 of the JSON Schema Test Suite, which `.ci/schema-suite` fetches; null where they are not here. */
export const schemaSuite: URL | null = existsSync(folder) ? pathToFileURL(`${folder}/`) : null
