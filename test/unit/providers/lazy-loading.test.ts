import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'

const folders: Record<string, string> = { '@main/': 'src-main/', '@contract/': 'src-preload/contract/' }

const staticImport = /^(?:import|export) (?!type )(?:[^'"]* from )?'([^']+)'/gm

/** Every package that a source file loads at once, through whatever it imports statically. */
function packagesOf(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return []
  seen.add(file)
  return Array.from(readFileSync(file, 'utf8').matchAll(staticImport), ([, name = '']) => name).flatMap((name) => {
    const alias = Object.keys(folders).find((prefix) => name.startsWith(prefix))
    const path = alias ? `${folders[alias]}${name.slice(alias.length)}.ts` : join(dirname(file), `${name}.ts`)
    const isOurs = alias !== undefined || name.startsWith('./')
    return isOurs && existsSync(path) ? packagesOf(path, seen) : [name]
  })
}

/** Loading both takes longer than the whole start may. */
it('loads no client library until a provider is first called', () => {
  const seen = new Set<string>()
  const entries = ['src-main/providers/registry.ts', 'src-main/providers/definitions.ts']
  const atStart = entries.flatMap((entry) => packagesOf(entry, seen))
  expect(seen.size).toBeGreaterThan(5)
  expect(atStart.filter((name) => /^(openai|ollama)/.test(name))).toEqual([])
  expect(packagesOf('src-main/providers/protocols/openai-chat/openai-chat-protocol.ts')).toContain('openai')
  expect(packagesOf('src-main/providers/protocols/ollama/ollama-protocol.ts')).toContain('ollama')
})

/** Node fills in all that `node:http` exports when it is imported, among it its whole HTTP client: 30 ms of the start. */
it('opens the core without what listens on a port', () => {
  const seen = new Set<string>()
  const atStart = packagesOf('src-main/core/open-core.ts', seen)
  expect(seen.size).toBeGreaterThan(100)
  expect(atStart).toContain('node:path')
  expect(atStart.filter((name) => /^(node:)?https?$/.test(name))).toEqual([])
})
