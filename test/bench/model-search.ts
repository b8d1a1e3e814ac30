import { fileURLToPath } from 'node:url'
import { Bench } from 'tinybench'
import { runnerImport } from 'vite'
import type { Model } from '@contract/entities/model'
import type * as Ids from '@contract/ids'
import type { ModelFilter } from '@renderer/domain/model-picker/model-filter'
import type * as Filters from '@renderer/domain/model-picker/model-filter'
import type * as ModelIndex from '@renderer/domain/model-picker/model-index'
import type * as PickerRows from '@renderer/domain/model-picker/picker-rows'
import type * as SearchModels from '@renderer/domain/model-picker/search-models'

/**
 * How much of one frame (16.7 ms) the model picker's search over 5,000 models takes.
 * Run: `node test/bench/model-search.ts`. Prints ratios; fails nothing.
 */
const FRAME_MS = 1000 / 60
const MODELS = 5000

const folder = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const alias = { '@contract': folder('src-preload/contract'), '@renderer': folder('src-renderer') }
const load = async <Module>(path: string): Promise<Module> =>
  (await runnerImport<Module>(folder(path), { configFile: false, resolve: { alias } })).module

const { ProviderId } = await load<typeof Ids>('src-preload/contract/ids.ts')
const { indexModels } = await load<typeof ModelIndex>('src-renderer/domain/model-picker/model-index.ts')
const { noFilter } = await load<typeof Filters>('src-renderer/domain/model-picker/model-filter.ts')
const { pickerRows } = await load<typeof PickerRows>('src-renderer/domain/model-picker/picker-rows.ts')
const { searchModels } = await load<typeof SearchModels>('src-renderer/domain/model-picker/search-models.ts')

const providerId = ProviderId.parse('01990000-0000-7000-8000-000000000001')
const makers = ['anthropic', 'openai', 'google', 'mistralai', 'meta-llama', 'qwen', 'deepseek', 'nousresearch']
const families = ['sonnet', 'opus', 'gpt', 'gemini', 'large', 'instruct', 'coder', 'hermes', 'distill']
const models = Array.from({ length: MODELS }, (_, n): Model => {
  const maker = makers[n % makers.length] ?? ''
  const id = `${maker}/${families[n % families.length]}-${n}`
  return {
    id: `openrouter/${id}`,
    providerId,
    serverId: null,
    model: id,
    name: `${maker}: ${families[n % families.length]} ${n}`,
    kind: 'chat',
    contextLength: 200_000,
    maxOutput: null,
    supportedParameters: null,
    capabilities: n % 3 === 0 ? ['text', 'tools', 'thinking'] : ['text'],
    price: n % 5 === 0 ? null : { input: n % 4, output: n % 20 },
    size: null,
    quantization: null,
    local: false,
    available: n % 7 !== 0,
    enabled: n % 11 !== 0,
    source: 'synced',
    edited: [],
    refused: [],
    firstSeen: '2026-01-01T00:00:00.000Z',
    lastSeen: '2026-01-01T00:00:00.000Z',
  }
})
const providers = [{ id: providerId, name: 'OpenRouter', slug: 'openrouter', local: false }]
const index = indexModels(models, providers, [])
const narrow: ModelFilter = { ...noFilter, abilities: ['thinking', 'tools'], ceiling: 5, leastContext: 32_000 }
/** As each letter in the search field does it, the lines of the list included. */
const search = (text: string, filter: ModelFilter) =>
  pickerRows(searchModels(index, { text, kind: 'chat', filter, recent: [] }), text, providers, index)

const bench = new Bench({ time: 500 })
bench.add('make the index', () => void indexModels(models, providers, []))
for (const text of ['', 's', 'sonnet', 'anthropic sonnet 4', 'zzz'])
  bench.add(`search “${text}”`, () => void search(text, noFilter))
for (const text of ['', 'sonnet']) bench.add(`search “${text}”, narrowed`, () => void search(text, narrow))
await bench.run()

for (const { name, result } of bench.tasks) {
  if (!('latency' in result)) continue
  const { p50, p99 } = result.latency
  const share = (ms: number) => `${((ms / FRAME_MS) * 100).toFixed(1)} % of a frame`
  console.log(`${name.padEnd(30)} median ${share(p50).padStart(20)}   p99 ${share(p99).padStart(20)}`)
}
