import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'
import type * as Database from '@main/data/database'
import type * as Migrator from '@main/data/migrator'
import type * as Stores from '@main/data/stores'
import type * as Client from '@main/memory/index-client'
import type * as Vectors from '@main/memory/vector-set'
import type * as Clustered from '@test/helpers/clustered-vectors'
import type * as Judge from '@test/helpers/judge'
import type * as Folder from '@test/helpers/temporary-folder'
import type * as TestStores from '@test/helpers/test-stores'
import type * as ThreadsPlugin from '@test/helpers/threads-plugin'

/**
 * Memory as it is in the app, in its own thread: how well it answers a reader (`test/fixtures/judged-passages.ts`), how long
 * 10,000 passages take to be indexed, how long it takes to recall, and how many of the ten nearest of 100,000 vectors of 768
 * numbers it finds. The aims: under 30 ms at the median, recall@10 of 0.95.
 * Run: `node test/bench/memory.ts`. Prints; fails nothing.
 */
const folderOf = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const alias = {
  '@contract': folderOf('src-preload/contract'),
  '@main': folderOf('src-main'),
  '@resources': folderOf('resources'),
  '@test': folderOf('test'),
}
const { module: plugin } = await runnerImport<typeof ThreadsPlugin>(folderOf('test/helpers/threads-plugin.ts'))
const plugins = [plugin.threads(folderOf('.'), alias)]
const load = async <Module>(path: string): Promise<Module> =>
  (await runnerImport<Module>(folderOf(path), { configFile: false, resolve: { alias }, plugins })).module

const { openDatabase } = await load<typeof Database>('src-main/data/database.ts')
const { migrate } = await load<typeof Migrator>('src-main/data/migrator.ts')
const { createStores } = await load<typeof Stores>('src-main/data/stores.ts')
const { createIndexClient } = await load<typeof Client>('src-main/memory/index-client.ts')
const { pack, VectorSet } = await load<typeof Vectors>('src-main/memory/vector-set.ts')
const { seededRandom } = await load<typeof Clustered>('test/helpers/clustered-vectors.ts')
const { judge, judgementTable } = await load<typeof Judge>('test/helpers/judge.ts')
const { temporaryFolder } = await load<typeof Folder>('test/helpers/temporary-folder.ts')
const { addPassage, addStory } = await load<typeof TestStores>('test/helpers/test-stores.ts')

const SLICE_MS = 12
const WORDS =
  'lighthouse keeper storm harbour captain letter promise river winter horse sword candle window garden bread soldier ' +
  'queen market bridge forest wolf snow music mirror shadow stranger daughter brother secret silver маяк смотритель буря ' +
  'гавань капитан письмо обещание река зима лошадь меч свеча окно сад хлеб солдат королева рынок мост лес волк снег музыка'

const random = seededRandom(7)
const vocabulary = WORDS.split(' ')
const rare = (at: number) => `name${at % 5000}`
const pick = () => vocabulary[Math.floor(random() ** 2 * vocabulary.length)] ?? ''
const sentence = (at: number) =>
  `The ${pick()} and the ${pick()} went to ${rare(at * 7 + Math.floor(random() * 40))} with a ${pick()}, and ${pick()} said no more of it.`
/** About 2 KB: five chunks. */
const passage = (at: number) => Array.from({ length: 22 }, (_, line) => sentence(at + line)).join(' ')

const quantile = (values: readonly number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0
const megabytes = (bytes: number) => `${Math.round(bytes / 1_048_576)} MB`
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`

/** Clouds of vectors to one side, as models make them (`clusteredVectors`), one at a time: all at once they fill gigabytes. */
function vectorMaker(dimensions: number) {
  const normal = () => (random() + random() + random() + random() - 2) * 1.732
  const list = (make: (at: number) => number) => Array.from({ length: dimensions }, (_, at) => make(at))
  const side = list(() => normal() * 0.6)
  const clouds = Array.from({ length: 2000 }, () => list(normal))
  return () => {
    const cloud = clouds[Math.floor(random() * clouds.length)] ?? []
    return list((at) => (side[at] ?? 0) + 0.5 * (cloud[at] ?? 0) + 0.7 * normal())
  }
}

async function indexing(passages: number, dimensions: number | null) {
  const folder = temporaryFolder()
  const files = { index: join(folder.path, 'memory.sqlite'), database: join(folder.path, 'fabula.sqlite') }
  const db = openDatabase(files.database)
  migrate(db, () => null)
  const stores = createStores(db)
  const storyId = addStory(stores)
  const headId = stores.transaction(() => {
    let last = null
    for (let at = 0; at < passages; at += 1) last = addPassage(stores, storyId, last, { text: passage(at) }).id
    return last
  })
  let index = createIndexClient(files)
  const waits: number[] = []
  const timed = async <Answer>(work: Promise<Answer>): Promise<Answer> => {
    const begin = performance.now()
    const answer = await work
    waits.push(performance.now() - begin)
    return answer
  }

  let begin = performance.now()
  await index.ask('begin', { storyId })
  for (let done = 0; done < passages;) done = (await timed(index.ask('takeUp', { ms: SLICE_MS }))).done
  const wordsMs = performance.now() - begin

  begin = performance.now()
  const embedder = dimensions === null ? 'own' : 'given'
  const make = dimensions === null ? null : vectorMaker(dimensions)
  let state = await index.ask('beginVectors', { storyId, embedder })
  while (state.waiting > 0)
    if (make) {
      const { chunks } = await index.ask('nextTexts', { count: 256 })
      state = await index.ask('keepVectors', { vectors: chunks.map(({ id }) => ({ id, vector: make() })) })
    } else state = await timed(index.ask('makeVectors', { ms: SLICE_MS, dimensions: 512 }))
  const vectorsMs = performance.now() - begin

  const recall = async () => {
    const vector = make?.() ?? null
    const asked = performance.now()
    const found = await index.ask('recall', {
      storyId,
      headId,
      others: [],
      queries: [{ text: `Where did the ${pick()} go with ${rare(Math.floor(random() * 5000))}?`, vector }],
      embedder: { identity: embedder, ownDimensions: dimensions === null ? 512 : null },
      limit: 8,
      leaveOut: [],
    })
    return { ms: performance.now() - asked, byMeaning: found.some(({ foundBy }) => foundBy !== 'words') }
  }
  const times: number[] = []
  for (let round = 0; round < 60; round += 1) {
    // Each turn changes the database, and what the thread has read of it counts no longer.
    stores.stories.saveDraft(storyId, `Round ${round}`)
    times.push((await recall()).ms)
  }

  // After a start: what is asked at once is answered by words, until the vectors are read.
  await index.close()
  const before = process.memoryUsage().rss
  index = createIndexClient(files)
  begin = performance.now()
  const { ms: first } = await recall()
  let longest = first
  for (let last = await recall(); !last.byMeaning; last = await recall()) longest = Math.max(longest, last.ms)
  const readMs = performance.now() - begin
  const after = process.memoryUsage().rss
  console.log(
    `${passages} passages, ${state.chunks} chunks, ${dimensions === null ? 'built-in vectors of 512' : `vectors of ${dimensions}`}: ` +
      `words in ${seconds(wordsMs)}, vectors ${make ? 'kept' : 'made'} in ${seconds(vectorsMs)}; ` +
      `a slice takes ${quantile(waits, 0.5).toFixed(0)} ms, ${quantile(waits, 0.99).toFixed(0)} ms at worst of 99 %; ` +
      `recall median ${quantile(times, 0.5).toFixed(1)} ms, p95 ${quantile(times, 0.95).toFixed(1)} ms; ` +
      `after a start the first takes ${first.toFixed(0)} ms, by words, and the longest until vectors are read ${longest.toFixed(0)} ms, ` +
      `which takes ${seconds(readMs)}; ` +
      `${megabytes(statSync(files.index).size)} on disk, ${megabytes(Math.max(0, after - before))} of memory for the thread`
  )
  await index.close()
  db.close()
  rmSync(files.index, { force: true })
  folder.remove()
}

function nearest(count: number, dimensions: number, queries: number) {
  const make = vectorMaker(dimensions)
  const set = new VectorSet(dimensions)
  set.reserve(count)
  const exact = new Float32Array(count * dimensions)
  for (let key = 0; key < count; key += 1) {
    const vector = make()
    const length = Math.hypot(...vector)
    exact.set(
      vector.map((value) => value / length),
      key * dimensions
    )
    const packed = pack(vector)
    if (packed) set.add(key, 0, packed)
  }
  const all = () => true
  const times: number[] = []
  let hits = 0
  set.nearest(make(), all, 10)
  for (let round = 0; round < queries; round += 1) {
    const query = make()
    const begin = performance.now()
    const found = new Set(set.nearest(query, all, 10).map(({ key }) => key))
    times.push(performance.now() - begin)
    const scores = Float64Array.from({ length: count }, (_, key) => {
      let sum = 0
      for (let at = 0; at < dimensions; at += 1) sum += (query[at] ?? 0) * (exact[key * dimensions + at] ?? 0)
      return sum
    })
    const best = [...scores.keys()].toSorted((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0)).slice(0, 10)
    hits += best.filter((key) => found.has(key)).length
  }
  console.log(
    `the nearest 10 of ${count} × ${dimensions}: median ${quantile(times, 0.5).toFixed(1)} ms, ` +
      `p95 ${quantile(times, 0.95).toFixed(1)} ms, recall@10 ${(hits / queries / 10).toFixed(3)}, ${megabytes(set.bytes)}`
  )
}

console.log(`The judged questions\n${judgementTable(judge('first'))}`)
console.log(`Questions that were written when the embedder was done\n${judgementTable(judge('later'))}`)
nearest(100_000, 768, 40)
nearest(50_000, 768, 40)
await indexing(10_000, null)
await indexing(20_000, 768)
