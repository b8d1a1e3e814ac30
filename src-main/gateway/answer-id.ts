import { randomUUID } from 'node:crypto'

/** An id as OpenAI makes them: what it is of, and 122 random bits in hexadecimal digits. */
export const newAnswerId = (kind: 'chatcmpl' | 'cmpl' | 'req'): string => `${kind}-${randomUUID().replaceAll('-', '')}`
