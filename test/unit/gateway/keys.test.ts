import { describe, expect, it } from 'vitest'
import { GatewayKeyId } from '@contract/ids'
import { isKeyText, newKeyText } from '@main/features/gateway/key-text'
import { mayUse } from '@main/features/gateway/keys'
import { digestOf } from '@main/platform/digest'
import { newId } from '@main/platform/ids'
import { createRedactor } from '@main/platform/redact'
import { anyKey, callOfKey, gatewayKeysStage } from '@test/helpers/gateway-keys-stage'

const NOON = '2026-03-04T12:00:00.000Z'
const stage = () => gatewayKeysStage(NOON)

describe('the text of a key', () => {
  it('has 256 random bits and a checksum, and is one word for a double click', () => {
    const keys = new Set(Array.from({ length: 500 }, newKeyText))
    expect(keys.size).toBe(500)
    for (const key of keys) expect(key).toMatch(/^fab-[0-9A-Za-z]{49}$/)
    for (const key of keys) expect(isKeyText(key)).toBe(true)
  })

  it('shows where a character of it is wrong or missing', () => {
    const key = newKeyText()
    for (let at = 4; at < key.length; at += 1) {
      const other = key[at] === 'a' ? 'b' : 'a'
      expect(isKeyText(key.slice(0, at) + other + key.slice(at + 1))).toBe(false)
    }
    for (const text of ['', 'fab-', key.slice(1), key.slice(0, -1), `${key}x`, ` ${key}`, key.toUpperCase()])
      expect(isKeyText(text)).toBe(false)
  })

  it('is taken out of a log even by a run that never heard of it', () => {
    expect(createRedactor().redact(`asked with ${newKeyText()} twice`)).toBe('asked with [redacted] twice')
  })
})

describe('a key', () => {
  it('is told once, and kept as nothing that leads back to it', () => {
    const { keys, db, redactor } = stage()
    const { key, row } = keys.create(anyKey('My editor'))
    expect(row).toMatchObject({ name: 'My editor', last4: key.slice(-4), lastUsedAt: null, createdAt: NOON })
    expect(JSON.stringify(keys.list())).not.toContain(key)
    const kept = db.prepare<[], { hash: Buffer }>('SELECT * FROM gateway_keys').all()
    expect(JSON.stringify(kept)).not.toContain(key)
    expect(kept[0]?.hash).toEqual(digestOf(key))
    expect(JSON.stringify(keys.list())).not.toContain('hash')
    expect(redactor.redactKnown(key.toLowerCase())).toBe('[redacted]')
  })

  it('opens the gateway, also after a restart', () => {
    const { keys, restart } = stage()
    const { key, row } = keys.create(anyKey('My editor'))
    keys.create(anyKey('Another'))
    expect(keys.identify(key)).toMatchObject({ ok: true, key: { id: row.id } })
    expect(restart().keys.identify(key)).toMatchObject({ ok: true, key: { id: row.id } })
  })

  it('that is none is refused, and it is said whether it can be one', () => {
    const { keys } = stage()
    const { key } = keys.create(anyKey('My editor'))
    const problems = [undefined, '', 'sk-other', key.slice(0, -1), newKeyText()].map((given) => keys.identify(given))
    expect(problems).toEqual(
      ['missing', 'malformed', 'malformed', 'malformed', 'unknown'].map((problem) => ({ ok: false, problem }))
    )
  })

  it('ends when it expires', () => {
    const { keys, setTime } = stage()
    const { key } = keys.create(anyKey('For a day', { expiresAt: '2026-03-05T12:00:00.000Z' }))
    setTime('2026-03-05T11:59:59.999Z')
    expect(keys.identify(key).ok).toBe(true)
    setTime('2026-03-05T12:00:00.000Z')
    expect(keys.identify(key)).toEqual({ ok: false, problem: 'expired' })
  })

  it('ends when it is revoked, and whoever follows requests hears of it', () => {
    const { keys, revoked } = stage()
    const { key, row } = keys.create(anyKey('My editor'))
    const other = keys.create(anyKey('Another'))
    keys.revoke(row.id)
    expect(keys.identify(key)).toEqual({ ok: false, problem: 'unknown' })
    expect(keys.identify(other.key).ok).toBe(true)
    expect(revoked).toEqual([row.id])
    expect(() => keys.revoke(row.id)).toThrow(expect.objectContaining({ code: 'not_found' }))
  })

  it('is renamed and held to other limits without a new one', () => {
    const { keys } = stage()
    const { key, row } = keys.create(anyKey('My editor', { models: ['preset/*'], requestsPerMinute: 5 }))
    keys.create(anyKey('Another'))
    expect(keys.change(row.id, { name: 'Laptop', dollarsPerDay: 2.5, requestsPerMinute: null })).toMatchObject({
      name: 'Laptop',
      models: ['preset/*'],
      requestsPerMinute: null,
      dollarsPerDay: 2.5,
    })
    expect(keys.identify(key)).toMatchObject({ ok: true, key: { name: 'Laptop', dollarsPerDay: 2.5 } })
    expect(keys.change(row.id, { name: 'LAPTOP' })).toMatchObject({ name: 'LAPTOP', manages: false })
    expect(keys.change(row.id, { manages: true }).manages).toBe(true)
    expect(keys.identify(key)).toMatchObject({ ok: true, key: { manages: true, dollarsPerDay: 2.5 } })
    expect(() => keys.change(row.id, { name: 'another' })).toThrow(expect.objectContaining({ code: 'name_taken' }))
    expect(() => keys.create(anyKey('laptop'))).toThrow(expect.objectContaining({ code: 'name_taken' }))
    expect(() => keys.change(newId(GatewayKeyId), {})).toThrow(expect.objectContaining({ code: 'not_found' }))
  })

  it('shows when it was used last: at once, and after a restart', () => {
    const { keys, pass, restart } = stage()
    const { key, row } = keys.create(anyKey('My editor'))
    keys.identify(key)
    pass(1000)
    keys.identify(key)
    expect(keys.list([row.id])[0]?.lastUsedAt).toBe('2026-03-04T12:00:01.000Z')
    keys.close()
    expect(restart().keys.list()[0]?.lastUsedAt).toBe('2026-03-04T12:00:01.000Z')
  })

  it('shows what went through it since midnight', () => {
    const { keys, note, setTime } = stage()
    const { row } = keys.create(anyKey('My editor'))
    expect(keys.list()[0]?.today).toEqual({ calls: 0, tokens: 0, dollars: 0 })
    note(callOfKey(row.id, NOON))
    note(callOfKey(row.id, NOON, { inputTokens: null, cost: null }))
    note(callOfKey(null, NOON))
    expect(keys.list()[0]?.today).toEqual({ calls: 2, tokens: 140, dollars: 0.25 })
    setTime('2026-03-05T12:00:00.000Z')
    expect(keys.list()[0]?.today).toEqual({ calls: 0, tokens: 0, dollars: 0 })
  })
})

it('a list of models that cannot be read opens no model', () => {
  const { keys, db, restart } = stage()
  const { key } = keys.create(anyKey('My editor', { models: ['preset/*'] }))
  db.prepare("UPDATE gateway_keys SET models = '{'").run()
  const found = restart().keys.identify(key)
  expect(found.ok && mayUse(found.key, 'preset/Gothic/main')).toBe(false)
})

it.each([
  [null, 'anything', true],
  [['*'], 'ollama/llama', true],
  [['preset/*'], 'preset/Gothic/main', true],
  [['preset/*'], 'presets', false],
  [['preset/Gothic/main'], 'preset/Gothic/main', true],
  [['preset/Gothic/main'], 'preset/Gothic/main2', false],
  [['openrouter/*', 'ollama/llama'], 'ollama/llama', true],
  [['ollama/*.5'], 'ollama/qwen.5', false],
  [[], 'anything', false],
])('the models %j take %s: %s', (models, model, expected) => {
  expect(mayUse({ models }, model)).toBe(expected)
})
