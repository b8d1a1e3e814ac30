import { registerHooks } from 'node:module'

/**
 * For `node --import`: lets a plain Node process run the sources as they are, with their aliases and without file
 * endings, where a test needs a process of its own.
 */
const root = new URL('../../', import.meta.url)
const aliases: Record<string, string> = {
  '@contract/': 'src-preload/contract/',
  '@main/': 'src-main/',
  '@resources/': 'resources/',
  '@test/': 'test/',
}

registerHooks({
  resolve(specifier, context, nextResolve) {
    const target = sourceOf(specifier, context.parentURL)
    return nextResolve(target ?? specifier, context)
  },
})

function sourceOf(specifier: string, parent: string | undefined): string | null {
  const alias = Object.keys(aliases).find((prefix) => specifier.startsWith(prefix))
  if (alias !== undefined) return withEnding(new URL(`${aliases[alias]}${specifier.slice(alias.length)}`, root).href)
  const isOurs = parent !== undefined && parent.startsWith(root.href) && !parent.includes('/node_modules/')
  return isOurs && specifier.startsWith('./') ? withEnding(new URL(specifier, parent).href) : null
}

const withEnding = (url: string): string => (/\.[a-z]+$/.test(url) ? url : `${url}.ts`)
