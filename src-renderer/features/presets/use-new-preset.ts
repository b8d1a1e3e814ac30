import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { useCommand, useRoute } from '@renderer/api/queries'
import { notifyError } from '@renderer/components/notify'

/** Makes a preset under a name that is free, and opens it. */
export function useNewPreset(): { run: () => void; running: boolean } {
  const { t } = useTranslation('presets')
  const [, go] = useLocation()
  const client = useQueryClient()
  const { data: presets = [] } = useRoute('presets.list', {})
  const create = useCommand('presets.create', {
    onSuccess: (preset) => {
      client.setQueryData(['presets.get', { id: preset.id }], preset)
      void client.invalidateQueries({ queryKey: ['presets.list'] })
      go(`/presets/${preset.id}`)
    },
    onError: notifyError,
  })
  const freeName = () => {
    const taken = new Set(presets.map(({ name }) => name.toLowerCase()))
    const base = t('newName')
    let name = base
    for (let count = 2; taken.has(name.toLowerCase()); count += 1) name = `${base} ${count}`
    return name
  }
  return { run: () => create.mutate({ name: freeName() }), running: create.isPending }
}
