import { randomBytes } from 'node:crypto'

/** An id as OpenAI makes them: what it is of, and 144 random bits in letters and digits. */
export const newAnswerId = (kind: 'chatcmpl' | 'cmpl' | 'req'): string => `${kind}-${randomBytes(18).toString('hex')}`
