import { z } from 'zod'
import { JsonObject } from '@contract/values'

/** A path of names into an answer, joined by dots; empty for the whole of it. */
const Path = z.string()

/**
 * An address, relative to the base URL, or whole where it begins with a placeholder that is one. `{name}` stands for what is
 * known by that name, written as a part of an address must be.
 */
const Address = z.string().min(1)

/** What a provider says of how far a job is, in its own words. Words that are in no list mean that it goes on. */
const Words = z.strictObject({
  queued: z.array(z.string()).default([]),
  done: z.array(z.string()).min(1),
  /** Under which it is done as soon as there are files, and goes on until then. */
  doneOnceThere: z.array(z.string()).default([]),
  failed: z.array(z.string()).default([]),
  /** It would not make this: moderation. */
  refused: z.array(z.string()).default([]),
  /** It knows no more of the job. */
  lost: z.array(z.string()).default([]),
})

/**
 * How a provider is asked for a job, as data: `wire` of a provider's `media` with the adapter `job`. docs/adding-a-provider.md
 * explains every field.
 */
export const JobWire = z.strictObject({
  submit: z.strictObject({
    /** `{model}` is the name of the model, as it is. */
    url: Address,
    /**
     * Merged with the settings. A text that is `{text}`, `{title}` or `{model}` is replaced by that; in a longer one it is put
     * in its place.
     */
    body: JsonObject,
  }),
  /** What is kept of the answer, by the name that addresses have for it. What is `id` must be there. */
  ticket: z.record(z.string().regex(/^[a-z]\w*$/), Path).refine((names) => 'id' in names, { error: 'must have an id' }),
  look: z.strictObject({ url: Address, state: Path, words: Words, progress: Path.nullable().default(null) }),
  /**
   * The files of a job that is done: `url` asks for them once more where the answer about its state has none; `list` leads to
   * them, or to the only one; in each, `file` leads to its address, or is one where it has a placeholder.
   */
  results: z.strictObject({
    url: Address.nullable().default(null),
    list: Path,
    file: Path,
    type: Path.nullable().default(null),
    title: Path.nullable().default(null),
  }),
  /** Where an answer says why a job has failed: the first that is a text. */
  message: z.array(Path).default([]),
  /** US dollars, in the answer about the state. */
  cost: Path.nullable().default(null),
  /**
   * For providers that say under HTTP 200 how it really went: where, and which HTTP status each such number means. Any other
   * than `ok` is a failure.
   */
  code: z
    .strictObject({
      path: Path,
      ok: z.array(z.number()).min(1),
      statuses: z.record(z.string(), z.number()).default({}),
    })
    .nullable()
    .default(null),
  /** How a job is ended; null where that cannot be. */
  cancel: z
    .strictObject({ method: z.enum(['POST', 'PUT', 'DELETE']), url: Address })
    .nullable()
    .default(null),
  /** Hosts beside that of the base URL to which addresses in answers may lead the requests about a job. They get no key. */
  hosts: z.array(z.string()).default([]),
  /** Seconds until a job is looked after first, between two looks at most, and in all. */
  pace: z
    .strictObject({
      first: z.number().min(0.01).max(60),
      most: z.number().min(0.01).max(300),
      giveUp: z.number().min(1).max(172_800),
    })
    .default({ first: 5, most: 30, giveUp: 14_400 }),
})
export type JobWire = z.infer<typeof JobWire>
