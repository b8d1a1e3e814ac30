import type { Template } from '@contract/entities/template'
import { Results } from './Results'
import { UseForm } from './UseForm'
import classes from './UseTab.module.css'

/** A template as the writer uses it: the form at the left, what came of it at the right. */
export function UseTab({ template }: { template: Template }) {
  return (
    <div className={classes.frame}>
      <div className={classes.columns}>
        <UseForm key={template.id} template={template} />
        <Results key={template.id} templateId={template.id} />
      </div>
    </div>
  )
}
