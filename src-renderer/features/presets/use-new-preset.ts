import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { freeName, takenAmong } from '@contract/names'
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
  const run = () => create.mutate({ name: freeName(t('newName'), takenAmong(presets.map(({ name }) => name))) })
  return { run, running: create.isPending }
}
