import { Menu } from '@mantine/core'
import { IconFileExport, IconFileImport, IconHistory } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { TemplateGroup, type TemplateSummary } from '@contract/entities/template'
import { AddButton } from '@renderer/components/AddButton'
import { IconButton } from '@renderer/components/IconButton'
import { MoreMenu } from '@renderer/components/MoreMenu'
import { SideList } from '@renderer/components/SideList'
import { useImport } from '@renderer/domain/files/use-import'
import { useFilesDialog } from '@renderer/stores/files-dialog'

interface Props {
  templates: readonly TemplateSummary[]
  openId: string | undefined
  /** The part that is open, which the next one is opened at. */
  tab: string | undefined
  onNew: () => void
}

const groups = TemplateGroup.options

/** As the list shows them: group by group, each in the order that they came in. */
export const inGroups = (templates: readonly TemplateSummary[]): TemplateSummary[] =>
  templates.toSorted((a, b) => groups.indexOf(a.group) - groups.indexOf(b.group))

/** All templates, by what they are for. */
export function TemplateList({ templates, openId, tab, onNew }: Props) {
  const { t } = useTranslation('templates')
  const [, go] = useLocation()
  return (
    <SideList
      label={t('title')}
      actions={
        <>
          <IconButton label={t('history')} onClick={() => go('/templates/history')}>
            <IconHistory size={17} stroke={1.6} aria-hidden />
          </IconButton>
          <AddButton label={t('new')} onClick={onNew} />
          <ListMenu templates={templates} />
        </>
      }
      searchLabel={t('list.search')}
      nothing={t('list.nothing')}
      openId={openId}
      items={inGroups(templates).map(({ id, name, group, version, hasDraft, unreadable }) => ({
        id,
        name,
        href: tab === undefined ? `/templates/${id}` : `/templates/${id}/${tab}`,
        group: t(`groups.${group}`),
        facts: [version > 0 && t('list.version', { number: version }), hasDraft && t('list.draft')],
        unreadable,
      }))}
    />
  )
}

/** Templates come and go as files. */
function ListMenu({ templates }: Pick<Props, 'templates'>) {
  const { t } = useTranslation('templates')
  const importFile = useImport()
  const exportFrom = useFilesDialog((state) => state.exportFrom)
  const own = templates.filter(({ starter, version }) => starter === null || version > 0)
  return (
    <MoreMenu label={t('list.actions')}>
      <Menu.Item leftSection={<IconFileImport size={16} stroke={1.6} />} onClick={importFile}>
        {t('list.import')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconFileExport size={16} stroke={1.6} />}
        onClick={() => exportFrom({ what: 'templates', ids: own.map(({ id }) => id) })}
      >
        {t('list.export')}
      </Menu.Item>
    </MoreMenu>
  )
}
