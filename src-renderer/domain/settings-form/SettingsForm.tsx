import { Button, Collapse } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelKind } from '@contract/entities/model'
import type { JsonObject, JsonValue } from '@contract/values'
import { useLocal } from '@renderer/components/use-local'
import type { Problem } from './check-value'
import { readFields, type Field } from './fields'
import { isObject, listOf, withKey } from '@contract/json'
import { ObjectList } from './ObjectList'
import type { Origins } from './origin'
import { SchemaField, type Untaken } from './SchemaField'
import { splitCommon, takes, type Owner } from './support'
import { UnsupportedRows } from './UnsupportedRows'
import classes from './SettingsForm.module.css'

export interface SettingsFormProps {
  /** A JSON Schema object, with Fabula's `x-` keywords. */
  schema: JsonObject
  /** Only what is set. */
  value: JsonObject
  /** Called only with values that may be kept. */
  onChange: (value: JsonObject) => void
  origins: Origins
  /** What the chosen model takes; null when nobody knows. */
  supportedParameters?: readonly string[] | null
  /** Names of settings that the provider refused for the chosen model. */
  refused?: readonly string[]
  /** Whose settings these are; samplers, when absent. */
  owner?: Owner
  /** Leaves out settings that are not for models of this kind. */
  kind?: ModelKind
  /** Settings that come first, with the schema's basic ones; others wait behind "More settings". Absent: all shown. */
  common?: readonly string[]
  /** Where this form stands inside a larger one. */
  path?: readonly string[]
  /** The whole schema, for `$ref`. */
  root?: JsonObject
}

/** Draws any settings from their JSON Schema: a new setting needs no new code. */
export function SettingsForm({ schema, value, onChange, origins, common, root = schema, ...props }: SettingsFormProps) {
  const { t } = useTranslation('presets')
  const moreId = useId()
  const [open, setOpen] = useState(false)
  const [problems, setProblems] = useState<ReadonlyMap<string, Problem>>(new Map())
  const [resets, setResets] = useState<ReadonlyMap<string, number>>(new Map())
  const fields = readFields(schema, value, root, props.kind)
  const owner = props.owner ?? 'model'
  const supported = props.supportedParameters ?? null
  const untaken = (field: Field): Untaken | null => {
    if (props.refused?.includes(field.name)) return 'refused'
    return takes(field, owner, supported) ? null : 'unsupported'
  }
  const taken = fields.filter((field) => untaken(field) === null)
  const rest = fields.filter((field) => untaken(field) !== null)
  const { first, more } = common ? splitCommon(taken, common) : { first: taken, more: [] }
  const path = props.path ?? []

  const setProblem = (name: string, problem: Problem | null) =>
    setProblems((before) => {
      if (problem === null && !before.has(name)) return before
      const next = new Map(before)
      if (problem) next.set(name, problem)
      else next.delete(name)
      return next
    })
  const change = (name: string, part: JsonValue | undefined) => onChange(withKey(value, name, part))
  const reset = (name: string, instead?: () => void) => {
    setProblem(name, null)
    setResets((before) => new Map(before).set(name, (before.get(name) ?? 0) + 1))
    if (instead) instead()
    else if (value[name] !== undefined) change(name, undefined)
  }

  const draw = (field: Field) => {
    const here = [...path, field.name]
    const part = value[field.name]
    const key = `${field.name}/${field.shape.control}/${resets.get(field.name) ?? 0}`
    if (field.shape.control === 'group') {
      return (
        <Section key={key} field={field}>
          <SettingsForm
            schema={field.schema}
            root={root}
            path={here}
            value={isObject(part) ? part : {}}
            origins={origins}
            onChange={(next) => change(field.name, Object.keys(next).length === 0 ? undefined : next)}
          />
        </Section>
      )
    }
    if (field.shape.control === 'list') {
      const { item } = field.shape
      return (
        <Section key={key} field={field}>
          <ObjectList
            values={listOf(part).filter(isObject)}
            onChange={(next) => change(field.name, next.length === 0 ? undefined : next)}
            renderEntry={(entry, index, onEntry) => (
              <SettingsForm
                schema={item}
                root={root}
                path={[...here, String(index)]}
                value={entry}
                origins={{ here: origins.here }}
                onChange={onEntry}
              />
            )}
          />
        </Section>
      )
    }
    return (
      <SchemaField
        key={key}
        field={field}
        path={here}
        value={part}
        origins={origins}
        untaken={untaken(field)}
        problem={problems.get(field.name) ?? null}
        onChange={(next) => change(field.name, next)}
        onProblem={(problem) => setProblem(field.name, problem)}
        onReset={(instead) => reset(field.name, instead)}
      />
    )
  }

  const isSet = (field: Field) => value[field.name] !== undefined
  const hiddenSet = more.filter(isSet).length
  const shown = open || more.some((field) => problems.has(field.name))
  return (
    <div className={classes.form}>
      {first.map(draw)}
      {rest.length > 0 && (
        <UnsupportedRows fields={rest} set={rest.filter(isSet).length}>
          {rest.map(draw)}
        </UnsupportedRows>
      )}
      {more.length > 0 && (
        <>
          <Button
            className={classes.more}
            justify="flex-start"
            variant="subtle"
            color="gray"
            size="compact-sm"
            aria-expanded={shown}
            aria-controls={moreId}
            leftSection={
              <IconChevronRight size={15} stroke={1.6} className={classes.chevron} data-open={shown || undefined} />
            }
            onClick={() => setOpen(!shown)}
          >
            {hiddenSet > 0 && !shown ? t('form.moreSet', { count: hiddenSet }) : t('form.more', { count: more.length })}
          </Button>
          <Collapse expanded={shown} id={moreId}>
            {more.map(draw)}
          </Collapse>
        </>
      )}
    </div>
  )
}

/** A group of settings under a heading of its own. */
function Section({ field, children }: { field: Field; children: React.ReactNode }) {
  const local = useLocal()
  return (
    <fieldset className={classes.section}>
      <legend>{local(field.label)}</legend>
      {field.help && <p className={classes.help}>{local(field.help)}</p>}
      {children}
    </fieldset>
  )
}
