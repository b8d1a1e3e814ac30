import { useTranslation } from 'react-i18next'
import type { Template } from '@contract/entities/template'
import classes from './Use.module.css'

/** The form that a template asks its user to fill in. */
export function UseTab({ template }: { template: Template }) {
  const { t } = useTranslation('templates')
  const { variables } = template.content
  if (variables.length === 0) return <p className={classes.none}>{t('use.noVariables')}</p>
  return (
    <dl className={classes.form}>
      {variables.map(({ name, label, help }) => (
        <div key={name}>
          <dt>{label || name}</dt>
          {help && <dd>{help}</dd>}
        </div>
      ))}
    </dl>
  )
}
