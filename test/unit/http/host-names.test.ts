import { describe, expect, it } from 'vitest'
import { createHostCheck, inUrl } from '@main/http/host-names'

describe('a server that listens on every address', () => {
  const isOurs = createHostCheck('0.0.0.0', 8080, ['attic.local'])

  it('may be asked by any address and by its names, which no web page can make its own', () => {
    for (const host of ['192.168.0.7:8080', '127.0.0.1:8080', '[fe80::1]:8080', 'localhost:8080', 'Attic.local:8080'])
      expect([host, isOurs(host)]).toEqual([host, true])
  })

  it('may not be asked by a name that somebody leads here', () => {
    for (const host of [
      'evil.example:8080',
      '192.168.0.7.evil.example:8080',
      '192.168.0.7:81',
      'attic:8080',
      '',
      undefined,
    ])
      expect([host, isOurs(host)]).toEqual([host, false])
  })
})

it('a server that listens on one address may be asked by that one', () => {
  const isOurs = createHostCheck('192.168.0.7', 80, [])
  for (const host of ['192.168.0.7', '192.168.0.7:80', 'localhost']) expect(isOurs(host)).toBe(true)
  for (const host of ['192.168.0.8', '192.168.0.7:8080']) expect(isOurs(host)).toBe(false)
  expect(createHostCheck('fe80::1', 8080, [])('[FE80::1]:8080')).toBe(true)
})

it('addresses of the new protocol stand in brackets', () => {
  expect(['::1', '127.0.0.1', 'localhost'].map(inUrl)).toEqual(['[::1]', '127.0.0.1', 'localhost'])
})
