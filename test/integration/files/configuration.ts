import { expect } from 'vitest'
import type { ImportChoices } from '@contract/routes/files'
import type { RouteOutput } from '@contract/routes'
import { JsonObject, type JsonValue } from '@contract/values'
import { validateSettings } from '@contract/schema/validate-settings'
import configurationSchema from '@resources/schemas/configuration.schema.json'
import type { TestCore } from '@test/helpers/test-core'
import { placed, providerOf } from '@test/helpers/test-story'

/** All that the user can export, read from the app itself. */
export async function stateOf(app: TestCore): Promise<unknown> {
  const presets = await app.ask('presets.list', {})
  return {
    providers: await app.ask('providers.list', {}),
    modelConfigs: await app.ask('modelConfigs.list', {}),
    presets: await Promise.all(presets.map(({ id }) => app.ask('presets.get', { id }))),
    tokens: await app.ask('tokens.list', {}),
  }
}

/** Fills an app with a bit of everything: an own provider with a key, model configs of both kinds, two presets. */
export async function fill(app: TestCore) {
  const own = await app.ask('providers.create', {
    name: 'LM Studio',
    baseUrl: 'http://127.0.0.1:9/v1',
    keyRequired: true,
    flavour: 'lm-studio',
    auth: { type: 'header', header: 'X-API-Key' },
    kinds: ['chat'],
    headers: { 'X-Team': 'header value of the team' },
    extraBody: { note: 'body value of the team' },
  })
  const token = await app.ask('tokens.add', { providerId: own.id, name: 'Work', secret: 'sk-planted-000000000001' })
  const demo = await providerOf(app, 'demo')
  const fast = await app.ask('modelConfigs.create', {
    name: 'Fast',
    kind: 'chat',
    settings: {
      providerId: own.id,
      model: 'tiny',
      tokenIds: [token.id],
      tokenStrategy: 'random',
      samplers: { temperature: 0.5, stop: ['\n\n'] },
      custom: { mirostat: 2, nested: { deep: [1, { two: null }] } },
      timeouts: { totalMs: 60_000 },
      retries: 2,
    },
  })
  const vectors = await app.ask('modelConfigs.create', {
    name: 'Vectors',
    kind: 'embedding',
    settings: { providerId: demo.id, model: 'demo-embedding' },
  })
  const gothic = await app.ask('presets.create', {
    name: 'Готика: ночь',
    description: 'Туман над болотом.',
    roles: {
      main: { enabled: true, modelConfigId: fast.id, settings: { samplers: { temperature: 0.9 } } },
      storyteller: placed({ providerId: demo.id, model: 'demo-novelist', samplers: { temperature: 0.3 } }),
      guard: placed({ providerId: own.id, model: 'tiny', tokenIds: [token.id] }, false),
      embedding: { enabled: true, modelConfigId: vectors.id, settings: {} },
    },
  })
  await app.ask('presets.update', {
    id: gothic.id,
    patch: {
      fallback: {
        useMainForUnset: false,
        allowPaid: true,
        chains: { errors: [fast.id, fast.id], contextOverflow: [fast.id], refusals: [] },
      },
    },
  })
  const plain = await app.ask('presets.create', { name: 'Plain', roles: { main: placed({ samplers: { top_p: 1 } }) } })
  return { own, token, demo, fast, vectors, gothic: await app.ask('presets.get', { id: gothic.id }), plain }
}

type File = RouteOutput<'files.export'>

/** What is written must be what the published schema says. */
export function expectToFitSchema({ text }: File): void {
  expect(validateSettings(JsonObject.parse(configurationSchema), JsonObject.parse(JSON.parse(text)))).toEqual([])
}

export const exportAll = (app: TestCore): Promise<File> => app.ask('files.export', { what: 'configuration' })

export const importFile = (
  app: TestCore,
  file: File,
  choices: ImportChoices = {}
): Promise<RouteOutput<'files.import'>> => app.ask('files.import', { files: [file], choices })

/** The same file after an edit by hand. */
export function edited(file: File, change: (content: Content) => void): File {
  const content = JSON.parse(file.text) as Content
  change(content)
  return { ...file, text: JSON.stringify(content) }
}

interface Settings {
  [field: string]: JsonValue | undefined
  samplers?: Record<string, JsonValue>
}

/** As much of a file's form as the edits need. */
export interface Content {
  [field: string]: unknown
  version: JsonValue
  providers: { slug: string; name: string; baseUrl: string; keyRequired: boolean }[]
  modelConfigs: { name: string; kind: string; settings: Settings }[]
  presets: {
    name: string
    description: string
    fallback: { chains: { errors: string[] } }
    roles: Record<string, { enabled: boolean; modelConfig?: string; settings: Settings }>
  }[]
}

export function first<Item>(list: readonly Item[]): Item {
  const [item] = list
  if (item === undefined) throw new Error('The list is empty')
  return item
}
