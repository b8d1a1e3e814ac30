import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { Language } from '@contract/values'
import { useCommand } from '@renderer/api/queries'
import { notifyError } from '@renderer/components/notify'

/** The language that the app speaks: new things get their first name in it. */
export const useLanguage = (): Language => Language.catch('en').parse(useTranslation().i18n.language)

/** Makes a world and opens it. */
export function useNewWorld(): { run: () => void; running: boolean } {
  const language = useLanguage()
  const [, go] = useLocation()
  const client = useQueryClient()
  const create = useCommand('worlds.create', {
    onSuccess: (world) => {
      client.setQueryData(['worlds.get', { worldId: world.id }], world)
      void client.invalidateQueries({ queryKey: ['worlds.list'] })
      go(`/worlds/${world.id}`)
    },
    onError: notifyError,
  })
  return { run: () => create.mutate({ language }), running: create.isPending }
}
