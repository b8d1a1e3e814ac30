import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lintRefusals } from '@test/helpers/lint-refusals'

/** `[file, what it imports]`, each in a direction that the architecture forbids. */
const forbidden: readonly [file: string, source: string][] = [
  ['src-preload/contract/values.ts', '@main/platform/clock'],
  ['src-preload/contract/values.ts', 'node:fs'],
  ['src-preload/contract/values.ts', 'electron'],
  ['src-preload/contract/values.ts', '../index'],
  ['src-preload/contract/routes/app.ts', '../../index'],
  ['src-preload/contract/routes/app.ts', 'react'],
  ['src-preload/index.ts', '@main/core/create-core'],
  ['src-preload/index.ts', 'node:fs'],
  ['src-main/packaging/package.ts', '@main/core/create-core'],
  ['src-main/packaging/package.ts', 'electron'],
  ['src-main/core/create-core.ts', '@main/packaging/icons'],
  ['src-main/platform/clock.ts', '@main/data/database'],
  ['src-main/platform/clock.ts', 'electron'],
  ['src-main/platform/clock.ts', '@main/http/listen'],
  ['src-main/http/listen.ts', '@main/data/database'],
  ['src-main/http/listen.ts', '@main/features/gateway/gateway'],
  ['src-main/http/listen.ts', 'electron'],
  ['src-main/data/database.ts', '@main/http/listen'],
  ['src-main/routing/route.ts', '@main/http/listen'],
  ['src-main/words/words.ts', '@main/platform/clock'],
  ['src-main/words/words.ts', '@main/data/database'],
  ['src-main/data/database.ts', '@main/secrets/vault'],
  ['src-main/data/database.ts', '@main/providers/registry'],
  ['src-main/data/database.ts', '@main/settings/settings'],
  ['src-main/data/database.ts', 'keytar'],
  ['src-main/formats/card.ts', '@main/data/database'],
  ['src-main/formats/card.ts', '@main/features/files/files'],
  ['src-main/data/database.ts', '@main/formats/card'],
  ['src-main/secrets/vault.ts', '@main/data/database'],
  ['src-main/secrets/vault.ts', '@main/providers/registry'],
  ['src-main/secrets/vault.ts', 'better-sqlite3'],
  ['src-main/providers/registry.ts', '@main/data/database'],
  ['src-main/providers/registry.ts', '@main/routing/route'],
  ['src-main/providers/registry.ts', 'better-sqlite3'],
  ['src-main/providers/spec/chat.ts', '@main/providers/kit/http'],
  ['src-main/providers/spec/chat.ts', 'openai'],
  ['src-main/providers/kit/http.ts', '@main/providers/protocols/demo/chat'],
  ['src-main/providers/kit/http.ts', '@main/providers/registry'],
  ['src-main/providers/protocols/demo/chat.ts', '@main/providers/protocols/ollama/chat'],
  ['src-main/providers/protocols/demo/chat.ts', '@main/providers/registry'],
  ['src-main/settings/layers.ts', '@main/routing/route'],
  ['src-main/settings/layers.ts', '@main/features/presets/edit'],
  ['src-main/routing/route.ts', '@main/features/presets/edit'],
  ['src-main/routing/route.ts', 'openai'],
  ['src-main/routing/route.ts', 'ollama'],
  ['src-main/routing/route.ts', '@main/prompts/sections'],
  ['src-main/gateway/chat-route.ts', '@main/features/turns/run'],
  ['src-main/gateway/chat-route.ts', '@main/secrets/vault'],
  ['src-main/gateway/chat-route.ts', '@main/ipc/router'],
  ['src-main/gateway/chat-route.ts', 'openai'],
  ['src-main/routing/route.ts', '@main/gateway/visit'],
  ['src-main/memory/memory.ts', '@main/gateway/visit'],
  ['src-main/prompts/sections.ts', '@main/features/turns/run'],
  ['src-main/prompts/sections.ts', '@main/jobs/runner'],
  ['src-main/generation/read-json.ts', '@main/features/turns/run'],
  ['src-main/generation/read-json.ts', '@main/data/database'],
  ['src-main/generation/read-json.ts', '@main/routing/route'],
  ['src-main/prompts/sections.ts', '@main/generation/read-json'],
  ['src-main/worlds/lore.ts', '@main/features/worlds/world-list'],
  ['src-main/worlds/lore.ts', '@main/prompts/section'],
  ['src-main/worlds/lore.ts', '@main/routing/route'],
  ['src-main/data/database.ts', '@main/worlds/lore'],
  ['src-main/speech/pieces.ts', '@main/data/database'],
  ['src-main/speech/pieces.ts', '@main/features/media/maker'],
  ['src-main/speech/pieces.ts', '@main/routing/route'],
  ['src-main/worlds/lore.ts', '@main/speech/pieces'],
  ['src-main/prompts/sections.ts', '@main/speech/pieces'],
  ['src-main/jobs/runner.ts', '@main/features/servers/pull'],
  ['src-main/jobs/runner.ts', '@main/routing/route'],
  ['src-main/workers/search.ts', '@main/features/stories/list'],
  ['src-main/workers/search.ts', '@main/memory/memory'],
  ['src-main/routing/route.ts', '@main/memory/memory'],
  ['src-main/jobs/runner.ts', '@main/memory/memory'],
  ['src-main/memory/memory.ts', '@main/features/turns/run'],
  ['src-main/memory/memory.ts', '@main/secrets/vault'],
  ['src-main/memory/memory.ts', 'better-sqlite3'],
  ['src-main/workers/search.ts', '@main/secrets/vault'],
  ['src-main/data/database.ts', '@main/workers/search'],
  ['src-main/settings/layers.ts', '@main/jobs/job-runner'],
  ['src-main/routing/route.ts', '@main/jobs/job-runner'],
  ['src-main/jobs/job-runner.ts', '@main/routing/route'],
  ['src-main/jobs/job-runner.ts', '@main/features/presets/edit'],
  ['src-main/jobs/job-runner.ts', 'ollama'],
  ['src-main/jobs/job-runner.ts', 'better-sqlite3'],
  ['src-main/features/presets/edit.ts', '@main/features/stories/list'],
  ['src-main/features/presets/edit.ts', '@main/ipc/router'],
  ['src-main/features/presets/edit.ts', 'better-sqlite3'],
  ['src-main/features/presets/edit.ts', 'openai/resources'],
  ['src-main/ipc/router.ts', '@main/core/create-core'],
  ['src-main/core/create-core.ts', '@main/shells/electron/window'],
  ['src-main/core/create-core.ts', 'electron'],
  ['src-main/core/create-core.ts', '@main/shells/browser/server'],
  ['src-main/shells/process-environment.ts', 'electron'],
  ['src-main/shells/process-environment.ts', '../core/create-core'],
  ['src-main/shells/process-environment.ts', '@main/shells/browser/server'],
  ['src-main/shells/browser/server.ts', 'electron'],
  ['src-main/shells/browser/server.ts', 'electron-store'],
  ['src-main/shells/browser/server.ts', '@main/shells/electron/window'],
  ['src-main/shells/electron/window.ts', '@main/shells/browser/server'],
  ['src-main/shells/electron/window.ts', 'keytar'],
  ['src-main/shells/electron/window.ts', '@main/launch/options'],
  ['src-main/serve.ts', 'electron'],
  ['src-main/index.ts', '@main/launch/options'],
  ['src-main/index.ts', '@renderer/app/App'],
  ['src-main/features/presets/edit.ts', '@renderer/app/App'],
  ['src-main/features/presets/edit.ts', '@test/helpers/clock'],
  ['src-main/features/presets/edit.ts', '../stories/list'],
  ['src-main/features/presets/edit.ts', './../stories/list'],
  ['src-main/launch/start.ts', 'zod'],
  ['src-main/launch/start.ts', '@contract/values'],
  ['src-main/launch/start.ts', '../platform/clock.ts'],
  ['src-renderer/components/Button.tsx', '@renderer/features/writing/Page'],
  ['src-renderer/components/Button.tsx', '@renderer/domain/model-picker/ModelPicker'],
  ['src-renderer/stores/draft.ts', '@renderer/domain/role-form/KeysRow'],
  ['src-renderer/domain/model-picker/ModelPicker.tsx', '@renderer/features/presets/Editor'],
  ['src-renderer/domain/model-picker/ModelPicker.tsx', '@renderer/app/App'],
  ['src-renderer/api/bridge.ts', '@renderer/app/App'],
  ['src-renderer/stores/draft.ts', '@renderer/features/writing/Page'],
  ['src-renderer/i18n/index.ts', '@renderer/app/App'],
  ['src-renderer/features/writing/Page.tsx', '@renderer/features/presets/Editor'],
  ['src-renderer/features/writing/Page.tsx', '@renderer/app/App'],
  ['src-renderer/features/writing/Page.tsx', '../presets/Editor'],
  ['src-renderer/features/writing/Page.tsx', '@main/core/create-core'],
  ['src-renderer/app/App.tsx', '@main/core/create-core'],
  ['src-renderer/app/App.tsx', 'electron'],
  ['src-renderer/app/App.tsx', 'node:fs'],
  ['src-renderer/app/App.tsx', 'better-sqlite3'],
  ['test/unit/lint/other.test.ts', '../../helpers/clock'],
]

const allowed: readonly [file: string, source: string][] = [
  ['src-preload/contract/values.ts', 'zod'],
  ['src-preload/contract/routes/app.ts', '../values'],
  ['src-preload/index.ts', 'electron'],
  ['src-preload/index.ts', '@contract/bridge'],
  ['src-main/platform/clock.ts', 'node:fs'],
  ['src-main/data/stores/token-store.ts', '@main/data/database'],
  ['src-main/data/database.ts', 'better-sqlite3'],
  ['src-main/http/listen.ts', '@main/platform/digest'],
  ['src-main/http/listen.ts', './limits'],
  ['src-main/shells/browser/server.ts', '@main/http/listen'],
  ['src-main/features/presets/edit.ts', '@main/http/listen'],
  ['src-main/words/stem.ts', 'snowball-stemmers'],
  ['src-main/data/database.ts', '@main/words/full-text'],
  ['src-main/workers/search.ts', '@main/words/full-text'],
  ['src-main/providers/protocols/demo/chat.ts', '@main/words/words'],
  ['src-main/memory/memory.ts', '@main/words/words'],
  ['src-main/memory/memory.ts', '@main/routing/embed-call'],
  ['src-main/memory/memory.ts', '@main/jobs/job-kind'],
  ['src-main/features/presets/edit.ts', '@main/memory/memory'],
  ['src-main/gateway/chat-route.ts', '@main/routing/failover'],
  ['src-main/gateway/chat-route.ts', '@main/settings/role-settings'],
  ['src-main/features/gateway/gateway.ts', '@main/gateway/visit'],
  ['src-main/core/create-core.ts', '@main/gateway/create-gateway-app'],
  ['src-main/core/create-core.ts', '@main/memory/memory'],
  ['src-main/secrets/vault.ts', 'keytar'],
  ['src-main/secrets/vault.ts', '@main/platform/clock'],
  ['src-main/providers/protocols/demo/chat.ts', '@main/providers/spec/chat'],
  ['src-main/providers/protocols/demo/chat.ts', '@main/providers/kit/http'],
  ['src-main/providers/protocols/openai-chat/chat.ts', 'openai'],
  ['src-main/providers/kit/http.ts', '@main/providers/spec/chat'],
  ['src-main/routing/route.ts', '@main/data/database'],
  ['src-main/routing/route.ts', '@main/settings/layers'],
  ['src-main/prompts/sections.ts', '@main/routing/route'],
  ['src-main/worlds/lore.ts', '@main/data/database'],
  ['src-main/prompts/sections.ts', '@main/worlds/lore'],
  ['src-main/features/worlds/list.ts', '@main/worlds/lore'],
  ['src-main/jobs/runner.ts', '@main/data/database'],
  ['src-main/workers/search.ts', '@main/data/database'],
  ['src-main/jobs/job-runner.ts', '@main/data/job-store'],
  ['src-main/features/servers/pull-kind.ts', '@main/jobs/job-kind'],
  ['src-main/ipc/job-handlers.ts', '@main/jobs/job-runner'],
  ['src-main/core/job-kinds.ts', '@main/jobs/job-kind'],
  ['src-main/formats/card.ts', '@main/platform/nesting'],
  ['src-main/generation/read-json.ts', '@main/formats/json-fault'],
  ['src-main/generation/native-schema.ts', '@main/providers/kit/closed-schema'],
  ['src-main/features/presets/edit.ts', '@main/generation/read-json'],
  ['src-main/features/files/files.ts', '@main/formats/card'],
  ['src-main/features/presets/edit.ts', './names'],
  ['src-main/features/presets/edit.ts', '@main/prompts/sections'],
  ['src-main/features/presets/edit.ts', '@main/jobs/runner'],
  ['src-main/features/presets/edit.ts', '@main/workers/search'],
  ['src-main/core/create-core.ts', '@main/workers/search'],
  ['src-main/features/presets/edit.ts', '@main/routing/route'],
  ['src-main/ipc/router.ts', '@main/features/presets/edit'],
  ['src-main/core/create-core.ts', '@main/ipc/router'],
  ['src-main/shells/electron/window.ts', 'electron'],
  ['src-main/shells/browser/server.ts', '@main/core/create-core'],
  ['src-main/shells/app-version.ts', '../../package.json'],
  ['src-main/shells/browser/server.ts', '@main/shells/process-environment'],
  ['src-main/shells/electron/window.ts', '@main/shells/process-environment'],
  ['src-main/index.ts', 'electron'],
  ['src-main/index.ts', '@main/shells/electron/window'],
  ['src-main/serve.ts', '@main/shells/browser/server'],
  ['src-main/launch/start.ts', 'node:fs/promises'],
  ['src-main/launch/start.ts', './options.ts'],
  ['src-renderer/components/Button.tsx', '@renderer/api/bridge'],
  ['src-renderer/features/writing/Page.tsx', '@renderer/components/Button'],
  ['src-renderer/features/writing/Page.tsx', '@renderer/domain/model-picker/ModelPicker'],
  ['src-renderer/domain/model-picker/ModelPicker.tsx', '@renderer/components/Button'],
  ['src-renderer/features/writing/Page.tsx', './composer/Composer'],
  ['src-renderer/app/App.tsx', '@renderer/features/writing/Page'],
  ['src-renderer/app/App.tsx', '@resources/roles.json'],
  ['test/unit/lint/other.test.ts', '@test/helpers/clock'],
]

/** Every way to name a module; a rule that sees only one of them guards nothing. */
const forms = (source: string, line: number) => [
  `import '${source}'`,
  `import { a${line} } from '${source}'`,
  `import type { B${line} } from '${source}'`,
  `export { c${line} } from '${source}'`,
  `export * from '${source}'`,
  `await import('${source}')`,
]

let folder: string
/** `file:line` of every import that lint refuses. */
let refused: Set<string>

const all = [...forbidden, ...allowed]
const sourcesOf = (file: string) => all.filter(([name]) => name === file).map(([, source]) => source)
const FORMS = forms('', 0).length

/** How many of the forms of an import lint refuses. */
function countRefused(file: string, source: string): number {
  const first = sourcesOf(file).indexOf(source) * FORMS + 1
  return Array.from({ length: FORMS }, (_, form) => `${file}:${first + form}`).filter((line) => refused.has(line))
    .length
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fabula-layers-'))
  await copyFile('.oxlintrc.json', join(folder, '.oxlintrc.json'))
  for (const file of new Set(all.map(([name]) => name))) {
    await mkdir(dirname(join(folder, file)), { recursive: true })
    await writeFile(join(folder, file), sourcesOf(file).flatMap(forms).join('\n'))
  }
  refused = await lintRefusals(folder, 'no-restricted-imports')
})

afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the layer rules of lint', () => {
  it.each(forbidden)('refuse that %s imports %s', (file, source) => {
    expect(countRefused(file, source)).toBe(FORMS)
  })

  it.each(allowed)('let %s import %s', (file, source) => {
    expect(countRefused(file, source)).toBe(0)
  })
})
