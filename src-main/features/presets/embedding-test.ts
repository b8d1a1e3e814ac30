import type { RouteOutput } from '@contract/routes'
import type { ModelSettings } from '@contract/entities/model-config'
import { FabulaError, ProviderError } from '@contract/errors'
import { RoleId } from '@contract/ids'
import type { Clock } from '@main/platform/clock'
import type { EmbedCaller } from '@main/routing/embed-call'
import type { CallPlanner } from '@main/routing/call-plan'
import { checkSettings } from '@main/settings/check-settings'
import type { ProviderDirectory } from '@main/settings/provider-directory'

const EMBEDDING = RoleId.parse('embedding')
/** No one waits longer for a test, whatever the settings allow. */
const LIMIT_MS = 60_000

/** Embeds two texts as the settings say, and measures how alike the vectors are. */
export async function testEmbedding(
  ports: { directory: ProviderDirectory; plan: CallPlanner; embed: EmbedCaller; clock: Clock },
  settings: ModelSettings,
  texts: readonly [string, string]
): Promise<RouteOutput<'embeddings.test'>> {
  const { directory, plan, embed, clock } = ports
  checkSettings(directory, 'embedding', settings, 'settings')
  const started = clock.now()
  const totalMs = Math.min(settings.timeouts?.totalMs ?? LIMIT_MS, LIMIT_MS)
  const { vectors } = await embed({
    plan: plan(EMBEDDING, { ...settings, timeouts: { ...settings.timeouts, totalMs } }),
    texts,
    purpose: 'document',
    account: { purpose: { kind: 'test', role: EMBEDDING }, attempts: 0 },
    signal: new AbortController().signal,
  })
  const [one, other] = vectors
  if (!one || !other || one.length === 0 || one.length !== other.length)
    throw new FabulaError(ProviderError.BadAnswer, 'The model gave vectors that do not fit together', {
      details: {
        provider: settings.providerId ? directory.get(settings.providerId).name : '',
        model: settings.model ?? '',
      },
    })
  return { dimensions: one.length, similarity: cosine(one, other), latencyMs: clock.now() - started }
}

/** The cosine of the angle between two vectors of the same length, -1 to 1; 0 where one of them is zero. */
function cosine(a: readonly number[], b: readonly number[]): number {
  const dot = (x: readonly number[], y: readonly number[]) => x.reduce((sum, value, i) => sum + value * (y[i] ?? 0), 0)
  const length = Math.sqrt(dot(a, a) * dot(b, b))
  return length === 0 ? 0 : Math.max(-1, Math.min(1, dot(a, b) / length))
}
