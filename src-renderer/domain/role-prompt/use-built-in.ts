import type { RolePrompt } from '@contract/entities/preset'
import type { RoleId } from '@contract/ids'
import type { RouteOutput } from '@contract/routes'
import type { Language } from '@contract/values'
import { useRoute } from '@renderer/api/queries'

export type BuiltIn = NonNullable<RouteOutput<'prompts.builtIn'>>

/** The built-in prompt that the writer's was made of, and whether it has changed since. */
export function useOrigin(role: RoleId, prompt: RolePrompt | null): { changed: boolean; now: BuiltIn | null } {
  const madeOf = prompt?.madeOf ?? null
  const { data } = useRoute(
    'prompts.builtIn',
    { role, language: madeOf?.language ?? 'en' },
    { enabled: madeOf !== null }
  )
  const now = (madeOf && data) ?? null
  return { changed: now !== null && now.digest !== madeOf?.digest, now }
}

/** The built-in prompt of a role in a language; null until it is there. */
export const useBuiltIn = (role: RoleId, language: Language): BuiltIn | null =>
  useRoute('prompts.builtIn', { role, language }).data ?? null
