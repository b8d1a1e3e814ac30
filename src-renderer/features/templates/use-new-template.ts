import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { freeName, takenAmong } from '@contract/names'
import { useCommand, useRoute } from '@renderer/api/queries'
import { notifyError } from '@renderer/components/notify'

/** Makes a template under a name that is free, and opens it where it is written. */
export function useNewTemplate(): { run: () => void; running: boolean } {
  const { t } = useTranslation('templates')
  const [, go] = useLocation()
  const client = useQueryClient()
  const { data: templates = [] } = useRoute('templates.list', {})
  const create = useCommand('templates.create', {
    onSuccess: (template) => {
      client.setQueryData(['templates.get', { id: template.id }], template)
      void client.invalidateQueries({ queryKey: ['templates.list'] })
      go(`/templates/${template.id}/write`)
    },
    onError: notifyError,
  })
  const run = () => create.mutate({ name: freeName(t('newName'), takenAmong(templates.map(({ name }) => name))) })
  return { run, running: create.isPending }
}
