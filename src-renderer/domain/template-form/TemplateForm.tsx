import type { InputProblem, InputValues, InputVariable } from '@contract/entities/template'
import type { JsonValue } from '@contract/values'
import { InputField } from './InputField'
import classes from './TemplateForm.module.css'

export interface TemplateFormProps {
  variables: readonly InputVariable[]
  values: InputValues
  problems: readonly InputProblem[]
  /** What is selected in the story; empty for nothing. Any text can be taken from it. */
  selection?: string
  onChange: (name: string, value: JsonValue) => void
}

/** What a template asks for, in its order: one field for each of its variables. */
export function TemplateForm({ variables, values, problems, selection = '', onChange }: TemplateFormProps) {
  return (
    <div className={classes.fields}>
      {variables.map((variable) => (
        <div key={variable.name} data-input={variable.name}>
          <InputField
            variable={variable}
            value={values[variable.name] ?? null}
            problem={problems.find(({ name }) => name === variable.name)}
            selection={selection}
            onChange={(value) => onChange(variable.name, value)}
          />
        </div>
      ))}
    </div>
  )
}

/** Brings the first field that something is wrong with to the user. */
export function focusProblem(form: Element | null, problems: readonly InputProblem[]): void {
  const names = new Set(problems.map(({ name }) => name))
  const field = [...(form?.querySelectorAll<HTMLElement>('[data-input]') ?? [])].find(({ dataset }) =>
    names.has(dataset['input'] ?? '')
  )
  field?.querySelector<HTMLElement>('input, textarea, select, button')?.focus()
}
