import { Button } from '@mantine/core'
import { IconTemplate } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { hasVersion, type Template } from '@contract/entities/template'
import { EmptyState } from '@renderer/components/EmptyState'
import { Results } from './Results'
import { UseForm } from './UseForm'
import classes from './UseTab.module.css'

/** A template as the writer uses it: the form at the left, what came of it at the right. */
export function UseTab({ template }: { template: Template }) {
  const { t } = useTranslation('generations')
  const [, go] = useLocation()
  if (!hasVersion(template))
    return (
      <EmptyState
        icon={<IconTemplate size={28} stroke={1.4} />}
        text={t('use.noVersion')}
        action={<Button onClick={() => go(`/templates/${template.id}/write`)}>{t('use.write')}</Button>}
      />
    )
  return (
    <div className={classes.frame}>
      <div className={classes.columns}>
        <UseForm key={template.id} template={template} />
        <Results key={template.id} templateId={template.id} />
      </div>
    </div>
  )
}
