import { Tabs } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { hasVersion } from '@contract/entities/template'
import type { TemplateId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { DescribedTitle } from '@renderer/components/DescribedTitle'
import { EditorFrame } from '@renderer/components/EditorFrame'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { UnreadableNote } from '@renderer/components/UnreadableNote'
import { AnswerTab } from './AnswerTab'
import { DraftBar } from './DraftBar'
import { tabOf, templateTabs, type TemplateTab } from './tabs'
import { TemplateMenu } from './TemplateMenu'
import { History } from './use/History'
import { useDraftActions } from './use-draft-actions'
import { UseTab } from './use/UseTab'
import { VariablesTab } from './VariablesTab'
import { useVersionName } from './use-version-name'
import { VersionsTab } from './VersionsTab'
import { WriteTab } from './WriteTab'
import { useTemplateDraft } from './use-template-draft'
import classes from './Templates.module.css'

/** One template: its form first, and behind tabs how it is made. */
export function TemplatePage({ id, tab: named }: { id: TemplateId; tab: string | undefined }) {
  const { t } = useTranslation('templates')
  const tab = tabOf(named)
  const draft = useTemplateDraft(id)
  const actions = useDraftActions(draft)
  const versions = useRoute('templates.versions', { id })
  const versionName = useVersionName()
  const { template, content } = draft
  if (draft.loadError) return <ErrorNotice error={draft.loadError} onRetry={draft.reload} />
  if (!template || !content) return <LoadingRows rows={6} height={52} />
  const failed = draft.state === 'failed' && draft.saveError !== null
  return (
    <EditorFrame
      label={template.name}
      title={
        <DescribedTitle
          name={template.name}
          description={template.description}
          words={{
            name: t('name'),
            nameNeeded: t('nameNeeded'),
            description: t('description'),
            descriptionHint: t('descriptionHint'),
          }}
          error={draft.saveError}
          onChange={draft.patch}
        />
      }
      actions={
        <>
          <span className={classes.version}>
            {hasVersion(template) ? versionName(template.version) : t('version.none')}
          </span>
          <TemplateMenu template={template} onMove={(group) => draft.patch({ group })} />
        </>
      }
      notice={
        <>
          {failed && <ErrorNotice error={draft.saveError} onRetry={draft.retry} />}
          <UnreadableNote parts={template.unreadable} />
          <TemplateTabs
            id={id}
            tab={tab}
            counts={{ variables: content.variables.length, versions: versions.data?.length }}
          />
        </>
      }
      wide
      part={tab}
      foot={
        template.draft && (
          <DraftBar
            state={draft.state}
            next={(versions.data?.[0]?.number ?? template.version) + 1}
            saving={actions.saving}
            onSave={actions.save}
            onDiscard={actions.discard}
          />
        )
      }
    >
      {tab === 'use' && <UseTab template={template} />}
      {tab === 'history' && <History templateId={id} />}
      {tab === 'write' && <WriteTab content={content} onChange={draft.change} />}
      {tab === 'answer' && <AnswerTab content={content} onChange={draft.change} />}
      {tab === 'versions' && <VersionsTab template={template} draft={draft} />}
      {tab === 'variables' && <VariablesTab content={content} onChange={draft.change} />}
    </EditorFrame>
  )
}

interface TabsProps {
  id: TemplateId
  tab: TemplateTab
  counts: Partial<Record<TemplateTab, number | undefined>>
}

function TemplateTabs({ id, tab, counts }: TabsProps) {
  const { t } = useTranslation('templates')
  const [, go] = useLocation()
  return (
    <Tabs value={tab} onChange={(next) => go(`/templates/${id}/${tabOf(next ?? undefined)}`)} className={classes.tabs}>
      <Tabs.List aria-label={t('parts')}>
        {templateTabs.map((each) => (
          <Tabs.Tab key={each} value={each}>
            {t(`tabs.${each}`)} {counts[each] !== undefined && <span className={classes.count}>{counts[each]}</span>}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  )
}
