import { z } from 'zod'
import type { ApiAnswer } from './api-stage'

/** A text of an answer's body. */
export const parsedField = ({ body }: Pick<ApiAnswer, 'body'>, field: string): string =>
  z.string().parse(z.record(z.string(), z.unknown()).parse(body)[field])
