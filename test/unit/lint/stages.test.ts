import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { globSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { lintRefusals } from '@test/helpers/lint-refusals'
import { providerDefinitions } from '@main/providers/definitions'

/** Every way to get at what was chosen for a stage; a rule that sees only one of them guards nothing. */
const ways = [
  'export const a = stores.stageChoices.get(id)',
  'export const b = ports.stores.stageChoices',
  "export const c = stores['stageChoices'].get(id)",
  'export const { stageChoices } = ports.stores',
  'export const d = ({ stageChoices }: Ports) => stageChoices.get(id)',
]
const closed = [
  'features/media/media-list.ts',
  'features/media/poem-maker.ts',
  'gateway/api/stages.ts',
  'routing/media-call.ts',
]
const open = ['settings/stage-config.ts', 'features/media/stages.ts']

let folder: string
let refused: Set<string>
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fabula-stages-'))
  await copyFile('.oxlintrc.json', join(folder, '.oxlintrc.json'))
  for (const file of [...closed, ...open]) {
    const path = join(folder, 'src-main', file)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, ways.join('\n'))
  }
  refused = await lintRefusals(folder, 'no-restricted-properties')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

it.each(closed)('a provider, a key or a model of a stage is had in %s by getStageConfig alone', (file) => {
  expect(ways.filter((_, line) => !refused.has(`src-main/${file}:${line + 1}`))).toEqual([])
})

it.each(open)('%s is where they are read', (file) => {
  expect(ways.filter((_, line) => refused.has(`src-main/${file}:${line + 1}`))).toEqual([])
})

it('no model of any stage is named in code, and no key is read from the environment', async () => {
  const names = providerDefinitions
    .flatMap(({ media }) => Object.values(media))
    .flatMap(({ models }) => models.map(({ model }) => model))
  expect(names.length).toBeGreaterThan(30)
  const named = new RegExp(
    `['"\`/](${names.map((name) => name.replaceAll(/[.+*?/]/g, String.raw`\$&`)).join('|')})['"\`]`
  )
  const wrong: string[] = []
  for (const file of globSync('src-{main,preload,renderer}/**/*.{ts,tsx}')) {
    const text = await readFile(file, 'utf8')
    if (named.test(text)) wrong.push(`${file}: ${named.exec(text)?.[0]}`)
    if (/features\/media|providers\/media/.test(file) && /process\.env|\benvironment\b\[/.test(text)) wrong.push(file)
  }
  expect(wrong).toEqual([])
})
