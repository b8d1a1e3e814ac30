import { Menu } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { TemplateGroup, type Template } from '@contract/entities/template'
import { request } from '@renderer/api/bridge'
import { useCommand } from '@renderer/api/queries'
import { MoreMenu } from '@renderer/components/MoreMenu'
import { notifyError, notifyUndo } from '@renderer/components/notify'
import { useFilesDialog } from '@renderer/stores/files-dialog'
import { templateSaves } from './use-template-draft'

interface Props {
  template: Template
  onMove: (group: TemplateGroup) => void
}

/** What can be done with a template as a whole. */
export function TemplateMenu({ template: { id, name, group }, onMove }: Props) {
  const { t } = useTranslation('templates')
  const [, go] = useLocation()
  const client = useQueryClient()
  const duplicate = useCommand('templates.duplicate', {
    onSuccess: async (copy) => {
      await client.invalidateQueries({ queryKey: ['templates.list'] })
      go(`/templates/${copy.id}`)
    },
    onError: notifyError,
  })
  const remove = useCommand('templates.delete', {
    onSuccess: () => {
      templateSaves(client, id).drop()
      go('/templates')
      notifyUndo({
        text: t('menu.deleted', { name }),
        undo: async () => {
          await request('bin.restore', { kind: 'template', id })
          go(`/templates/${id}`)
        },
      })
    },
    onError: notifyError,
  })
  const exportFrom = useFilesDialog((state) => state.exportFrom)
  /** What is being written goes with it, and comes back with it. */
  const removeAll = async () => {
    await templateSaves(client, id).flush()
    remove.mutate({ id })
  }
  return (
    <MoreMenu
      label={t('menu.label', { name })}
      duplicate={() => duplicate.mutate({ id })}
      exportToFile={() => exportFrom({ what: 'templates', ids: [id] })}
      deletion={{ ask: () => void removeAll() }}
    >
      <Menu.Divider />
      <Menu.Label>{t('menu.group')}</Menu.Label>
      <Menu.RadioGroup value={group} onChange={(next) => onMove(TemplateGroup.parse(next))}>
        {TemplateGroup.options.map((each) => (
          <Menu.RadioItem key={each} value={each} closeMenuOnClick>
            {t(`groups.${each}`)}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </MoreMenu>
  )
}
