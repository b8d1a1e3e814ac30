import { describe, expect, it } from 'vitest'
import { ollamaAddress } from '@main/features/servers/ollama-host'

describe('OLLAMA_HOST', () => {
  it.each([
    ['gpu', 'http://gpu:11434'],
    ['GPU.local', 'http://gpu.local:11434'],
    ['gpu:8080', 'http://gpu:8080'],
    [':8080', 'http://127.0.0.1:8080'],
    ['192.168.1.5', 'http://192.168.1.5:11434'],
    ['0.0.0.0', 'http://127.0.0.1:11434'],
    ['0.0.0.0:8080', 'http://127.0.0.1:8080'],
    ['http://0.0.0.0', 'http://127.0.0.1'],
    ['::', 'http://127.0.0.1:11434'],
    ['[::]:8080', 'http://127.0.0.1:8080'],
    ['::1', 'http://[::1]:11434'],
    ['[::1]', 'http://[::1]:11434'],
    ['[fe80::1]:8080', 'http://[fe80::1]:8080'],
    ['http://gpu', 'http://gpu'],
    ['https://gpu', 'https://gpu'],
    ['HTTPS://gpu', 'https://gpu'],
    ['https://gpu:8443', 'https://gpu:8443'],
    ['https://proxy.example/ollama/', 'https://proxy.example/ollama'],
    ['proxy.example/ollama', 'http://proxy.example:11434/ollama'],
    ['  "gpu:8080"  ', 'http://gpu:8080'],
    ["'gpu'", 'http://gpu:11434'],
    ['/', 'http://127.0.0.1:11434'],
  ])('%s means %s', (value, address) => {
    expect(ollamaAddress(value)).toBe(address)
  })

  it.each([
    '',
    '   ',
    '""',
    'gpu:notaport',
    'gpu:99999',
    'ftp://gpu',
    'file:///etc',
    'me:secret@gpu',
    'gpu?x=1',
    'a b',
  ])('%s means nothing', (value) => {
    expect(ollamaAddress(value)).toBeNull()
  })
})
