import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { Template } from '@contract/entities/template'
import { TemplatePart } from '@contract/routes/templates'
import { useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { contentChanges } from './content-changes'
import { useVersionName } from './use-version-name'
import classes from './Versions.module.css'

const TextDiff = lazy(() => import('@renderer/components/code-editor/TextDiff'))

/** A version beside what stands on the page now: the draft, or the version that is used. */
export function VersionDiff({ template, number }: { template: Template; number: number }) {
  const { t } = useTranslation('templates')
  const versionName = useVersionName()
  const { data, error, refetch } = useRoute('templates.version', { id: template.id, number })
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />
  if (!data) return <LoadingRows rows={4} height={28} />
  const before = data.content
  const after = template.draft ?? template.content
  const left = versionName(number)
  const right = template.draft ? t('draft.label') : versionName(template.version)
  const texts = TemplatePart.options.filter((part) => before[part] !== after[part])
  const changes = contentChanges(before, after)
  return (
    <section aria-label={t('versions.diff', { left, right })} className={classes.diff}>
      <h3 className={classes.heading}>{t('versions.diff', { left, right })}</h3>
      {texts.length === 0 && changes.length === 0 && <p className={classes.facts}>{t('versions.same')}</p>}
      {texts.map((part) => (
        <div key={part}>
          <h4 className={classes.part}>{t(`write.${part}`)}</h4>
          <Suspense fallback={<LoadingRows rows={4} height={24} />}>
            <TextDiff
              labels={[`${t(`write.${part}`)}, ${left}`, `${t(`write.${part}`)}, ${right}`]}
              before={before[part]}
              after={after[part]}
              unchanged={t('versions.unchanged')}
            />
          </Suspense>
        </div>
      ))}
      {changes.length > 0 && (
        <table className={classes.changes}>
          <thead>
            <tr>
              <th scope="col">{t('versions.what')}</th>
              <th scope="col">{left}</th>
              <th scope="col">{right}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ part, name, before: was, after: is }) => (
              <tr key={`${part}/${name}`}>
                <th scope="row">{t(`versions.parts.${part}`, { name })}</th>
                <td>{was ?? '–'}</td>
                <td>{is ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
