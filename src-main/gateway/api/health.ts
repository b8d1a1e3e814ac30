import { z } from 'zod'
import { ofAnswer } from './api-schema'
import { operation, type Operation } from './operation'

const Health = ofAnswer('Health', z.strictObject({ status: z.literal('ok'), version: z.string() }))

/** `/healthz`: that Fabula lives. */
export const healthOperation = (version: string): Operation =>
  operation({
    id: 'getHealth',
    method: 'GET',
    path: '/healthz',
    tag: 'Health',
    summary: 'Whether Fabula lives, and its version',
    isOpen: true,
    success: { status: 200, description: 'It lives.', schema: Health },
    run: () => ({ status: 'ok' as const, version }),
  })
