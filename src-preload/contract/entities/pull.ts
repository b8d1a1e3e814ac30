import { z } from 'zod'
import { ServerId } from '../ids'
import { Job } from './job'

/** One file of a model on its way. Bytes. */
export const PullLayer = z.strictObject({
  digest: z.string(),
  total: z.number().int().nonnegative(),
  completed: z.number().int().nonnegative(),
})
export type PullLayer = z.infer<typeof PullLayer>

/** A model's name as Ollama writes it: `llama3.2:3b`, `hf.co/someone/model:Q4_K_M`, `registry.lan:5000/me/model`. */
export const PullName = z
  .string()
  .trim()
  .max(300)
  .regex(/^\w[\w.-]*(:\d+)?(\/\w[\w.-]*)*(:\w[\w.-]*)?$/, { error: 'a model is named like llama3.2:3b' })

/** Registries that many people use, all of which have TLS. */
const PUBLIC_REGISTRIES = ['registry.ollama.ai', 'ollama.com', 'hf.co', 'huggingface.co', 'modelscope.cn']

/** The registry of one's own that a model's name begins with, as `registry.lan:5000`; null for Ollama's and other public ones. */
export function ownRegistry(name: string): string | null {
  const host = /^([^/\s]+)\//.exec(name.trim())?.[1]?.toLowerCase()
  const isHost = host !== undefined && (/[.:]/.test(host) || host === 'localhost')
  return isHost && !PUBLIC_REGISTRIES.includes(host) ? host : null
}

/** The kind of job that downloads a model onto a server. */
export const PULL = 'pull'

export const PullInput = z.strictObject({
  serverId: ServerId,
  model: PullName,
  /** The server asks the registry without TLS: for a registry of one's own. */
  insecure: z.boolean().default(false),
})
export type PullInput = z.infer<typeof PullInput>

export const PullProgress = z.strictObject({
  /** What the server says it is doing, in its words. */
  status: z.string(),
  /** In the order in which they first came up. */
  layers: z.array(PullLayer),
})
export type PullProgress = z.infer<typeof PullProgress>

/** A model on its way to a server. */
export const Pull = Job.extend({ kind: z.literal(PULL), input: PullInput, progress: PullProgress })
export type Pull = z.infer<typeof Pull>
