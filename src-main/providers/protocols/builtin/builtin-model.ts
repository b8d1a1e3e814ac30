import { z } from 'zod'

/**
 * The name has a version: vectors of another algorithm must not be compared with these, so a change to it is a new
 * model, and the index is built anew.
 */
export const BUILTIN_MODEL = 'words-2'

const DIMENSIONS = 512
const Dimensions = z.number().int().min(1).max(16_384).catch(DIMENSIONS)

/** The numbers of a vector, by the parameter that asks for them. */
export const dimensionsOf = (parameter: unknown): number => Dimensions.parse(parameter)
