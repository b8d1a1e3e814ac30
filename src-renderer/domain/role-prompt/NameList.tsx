import { useTranslation } from 'react-i18next'
import type { TemplateVariable } from '@contract/entities/template-text'
import { useLocal } from '@renderer/components/use-local'
import classes from './RolePrompt.module.css'

/** All that a template can use, to look up. */
export function NameList({ names }: { names: readonly TemplateVariable[] }) {
  const { t } = useTranslation('prompts')
  const local = useLocal()
  return (
    <details className={classes.names}>
      <summary>{t('names.title')}</summary>
      <dl>
        {names.map(({ name, help }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{local(help)}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
