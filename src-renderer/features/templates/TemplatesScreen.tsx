import { Button } from '@mantine/core'
import { IconTemplate } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { TemplateId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { EmptyState } from '@renderer/components/EmptyState'
import { ListScreen } from '@renderer/components/ListScreen'
import { inGroups, TemplateList } from './TemplateList'
import { TemplatePage } from './TemplatePage'
import { useNewTemplate } from './use-new-template'

export interface TemplatesScreenProps {
  /** From the address; the first one is opened without it. */
  templateId?: TemplateId | undefined
  /** The open part of it. */
  tab?: string | undefined
}

/** All templates at the left, one of them at the right. */
export function TemplatesScreen({ templateId, tab }: TemplatesScreenProps) {
  const { t } = useTranslation('templates')
  const templates = useRoute('templates.list', {})
  const create = useNewTemplate()
  return (
    <ListScreen
      title={t('title')}
      query={templates}
      openId={templateId}
      first={(items) => inGroups(items)[0]}
      hrefOf={(id) => `/templates/${id}`}
      empty={
        <EmptyState
          icon={<IconTemplate size={28} stroke={1.4} />}
          text={t('empty')}
          action={
            <Button loading={create.running} onClick={create.run}>
              {t('new')}
            </Button>
          }
        />
      }
    >
      {({ items, id }) => ({
        list: <TemplateList templates={items} openId={id} tab={tab} onNew={create.run} />,
        page: <TemplatePage key={id} id={TemplateId.parse(id)} tab={tab} />,
      })}
    </ListScreen>
  )
}
