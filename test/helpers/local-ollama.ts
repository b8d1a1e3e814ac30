import { z } from 'zod'

const Tags = z.object({ models: z.array(z.object({ name: z.string(), size: z.number().default(0) })) })
const Shown = z.object({ capabilities: z.array(z.string()).default(['completion']) })

/** An Ollama to be asked, and its models; empty names for what it does not have. */
export interface LocalOllama {
  url: string
  model: string
  embedder: string
}

/** Milliseconds in which an Ollama on this computer says what it has. */
const LONGEST_MS = 5000

/**
 * What a real Ollama at this address can be asked with: its smallest models. Null where none answers there.
 *
 * @see https://github.com/ollama/ollama/blob/main/docs/api.md
 */
export async function localOllama(url: string): Promise<LocalOllama | null> {
  const ask = async (path: string, body?: object): Promise<unknown> => {
    const signal = AbortSignal.timeout(LONGEST_MS)
    const sent = body && { method: 'POST', body: JSON.stringify(body) }
    const answer = await fetch(new URL(path, url), { ...sent, signal })
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
    return answer.json()
  }
  const models = await ask('/api/tags').then(
    (tags) => Tags.parse(tags).models.toSorted((a, b) => a.size - b.size),
    () => null
  )
  if (models === null) return null
  let model = ''
  let embedder = ''
  for (const { name } of models) {
    const { capabilities } = Shown.parse(await ask('/api/show', { model: name }))
    if (model === '' && capabilities.includes('completion')) model = name
    if (embedder === '' && capabilities.includes('embedding')) embedder = name
  }
  return { url, model, embedder }
}
