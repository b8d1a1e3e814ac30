import { Badge, Button } from '@mantine/core'
import { IconVersions } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Template, TemplateVersion } from '@contract/entities/template'
import { useCommand, useRoute } from '@renderer/api/queries'
import { EmptyState } from '@renderer/components/EmptyState'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { useFormat } from '@renderer/components/format'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { notifyError, notifyUndo } from '@renderer/components/notify'
import { NameVersion } from './NameVersion'
import type { TemplateDraft } from './use-template-draft'
import { useVersionName } from './use-version-name'
import { VersionDiff } from './VersionDiff'
import classes from './Versions.module.css'

interface Props {
  template: Template
  draft: Pick<TemplateDraft, 'restore' | 'change'>
}

/** Every version of a template, what differs between two of them, and the way back to one. */
export function VersionsTab({ template, draft }: Props) {
  const { t } = useTranslation('templates')
  const { id, version } = template
  const versions = useRoute('templates.versions', { id })
  const versionName = useVersionName()
  const [shown, setShown] = useState<number | null>(null)
  const [named, setNamed] = useState<TemplateVersion | null>(null)
  const describe = useCommand('templates.describeVersion', { onError: notifyError })
  const restore = useMutation({
    mutationFn: draft.restore,
    onSuccess: (_, number) => {
      setShown(null)
      const { draft: writing } = template
      notifyUndo({
        text: number === 0 ? t('versions.restoredBrought') : t('versions.restored', { number }),
        undo: async () => {
          await draft.restore(version)
          // What was being written is not lost with the version it was written on.
          if (writing) draft.change(() => writing)
        },
      })
    },
    onError: notifyError,
  })
  if (versions.error) return <ErrorNotice error={versions.error} onRetry={() => void versions.refetch()} />
  if (!versions.data) return <LoadingRows />
  if (versions.data.length === 0)
    return <EmptyState icon={<IconVersions size={28} stroke={1.4} />} text={t('versions.none')} />
  return (
    <div className={classes.page}>
      <ol className={classes.list} aria-label={t('versions.list')}>
        {versions.data.map((each) => (
          <VersionRow
            key={each.number}
            version={each}
            isUsed={each.number === version}
            isShown={each.number === shown}
            canCompare={template.draft !== null || each.number !== version}
            restoring={restore.isPending}
            onShow={() => setShown(each.number === shown ? null : each.number)}
            onName={() => setNamed(each)}
            onRestore={() => restore.mutate(each.number)}
          />
        ))}
      </ol>
      {shown !== null && (template.draft !== null || shown !== version) && (
        <VersionDiff key={shown} template={template} number={shown} />
      )}
      <NameVersion
        key={named?.number}
        opened={named !== null}
        title={versionName(named?.number ?? 0)}
        words={{ name: named?.name ?? '', note: named?.note ?? '' }}
        onSubmit={(words) => {
          if (named) describe.mutate({ id, number: named.number, ...words })
          setNamed(null)
        }}
        onCancel={() => setNamed(null)}
      />
    </div>
  )
}

interface RowProps {
  version: TemplateVersion
  isUsed: boolean
  isShown: boolean
  /** It may differ from what stands on the page. */
  canCompare: boolean
  restoring: boolean
  onShow: () => void
  onName: () => void
  onRestore: () => void
}

function VersionRow({ version, isUsed, isShown, canCompare, restoring, onShow, onName, onRestore }: RowProps) {
  const { t } = useTranslation('templates')
  const versionName = useVersionName()
  const format = useFormat()
  const { number, name, note, createdAt } = version
  const title = versionName(number)
  return (
    <li className={classes.row} aria-label={title}>
      <div className={classes.words}>
        <span className={classes.title}>
          {title}
          {name !== '' && ` · ${name}`}
          {isUsed && (
            <Badge variant="outline" color="gray" size="sm" tt="none">
              {t('versions.used')}
            </Badge>
          )}
        </span>
        <span className={classes.facts}>
          {createdAt === null ? t('versions.brought') : t('versions.byYou', { when: format.moment(createdAt) })}
        </span>
        {note !== '' && <p className={classes.note}>{note}</p>}
      </div>
      <div className={classes.actions}>
        {createdAt !== null && (
          <Button variant="subtle" color="gray" size="compact-sm" onClick={onName}>
            {t('versions.describe')}
          </Button>
        )}
        {canCompare && (
          <Button variant="subtle" color="gray" size="compact-sm" aria-expanded={isShown} onClick={onShow}>
            {t(isShown ? 'versions.hide' : 'versions.compare')}
          </Button>
        )}
        {!isUsed && (
          <Button variant="default" size="compact-sm" disabled={restoring} onClick={onRestore}>
            {t('versions.restore')}
          </Button>
        )}
      </div>
    </li>
  )
}
