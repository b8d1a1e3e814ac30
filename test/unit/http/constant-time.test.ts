import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { digestOf, isSameDigest } from '@main/platform/digest'

const source = (path: string) => readFileSync(join('src-main', path), 'utf8')
const filesOf = (folder: string) =>
  readdirSync(join('src-main', folder))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`)

describe('a secret that came with a request', () => {
  it('is held against ours in constant time, by its digest', () => {
    expect(source('platform/digest.ts')).toContain('timingSafeEqual(one, other)')
    for (const path of ['http/secret.ts', 'features/gateway/keys.ts']) expect(source(path)).toContain('isSameDigest(')
  })

  it.each([...filesOf('http'), ...filesOf('features/gateway'), ...filesOf('shells/browser')])(
    'is compared by nothing else in %s',
    (path) => {
      const compared =
        /\b(hash|digest|secret|token|bearer|given|cookieSecret)(\.text)?\s*[!=]==(?!\s*(undefined|null)\b)/i
      expect(source(path)).not.toMatch(compared)
      expect(source(path)).not.toMatch(/\.(equals|compare|localeCompare)\(/)
    }
  )
})

it('digests are the same where the texts are', () => {
  expect(isSameDigest(digestOf('a'), digestOf('a'))).toBe(true)
  expect(isSameDigest(digestOf('a'), digestOf('b'))).toBe(false)
  expect(isSameDigest(digestOf('a'), Buffer.alloc(0))).toBe(false)
})
