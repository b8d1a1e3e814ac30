import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { allowOrigins } from '@main/http/origins'
import { serve } from './serve'

describe('a page of another origin', () => {
  const server = () => {
    const app = new Hono()
    app.use(
      allowOrigins({
        allowed: () => ['https://friend.example'],
        exposed: ['x-fabula-model'],
        refuse: (origin) => new Response(origin, { status: 403 }),
      })
    )
    app.all('*', (context) => context.text('done', 200, { 'x-fabula-model': 'demo/muse' }))
    return serve((request) => app.fetch(request))
  }
  const ask = (origin: string, method: string, from?: string) =>
    fetch(origin, { method, headers: from === undefined ? {} : { origin: from } })

  it('is refused, also where it only asks whether it may', async () => {
    const { origin } = await server()
    for (const from of ['https://evil.example', 'null', 'https://friend.example.evil.example', 'http://friend.example'])
      for (const method of ['GET', 'POST', 'OPTIONS']) {
        const answer = await ask(origin, method, from)
        expect(answer.status).toBe(403)
        expect(answer.headers.get('access-control-allow-origin')).toBeNull()
      }
  })

  it('that is allowed by name may ask and read', async () => {
    const { origin } = await server()
    const preflight = await ask(origin, 'OPTIONS', 'https://friend.example')
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-origin')).toBe('https://friend.example')
    const answer = await ask(origin, 'POST', 'https://friend.example')
    expect(await answer.text()).toBe('done')
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://friend.example')
    expect(answer.headers.get('access-control-expose-headers')).toBe('x-fabula-model')
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
  })

  it('is not what a program without an origin is', async () => {
    const { origin } = await server()
    const answer = await ask(origin, 'POST')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  })
})
