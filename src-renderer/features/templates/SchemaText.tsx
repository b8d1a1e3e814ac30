import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sameJson } from '@contract/json'
import type { JsonObject } from '@contract/values'
import { TemplateEditor } from '@renderer/components/code-editor/TemplateEditor'
import { useUnsaved } from '@renderer/components/use-unsaved'
import { ProblemList } from '@renderer/domain/role-prompt/ProblemList'
import { readSchema } from './schema-problems'
import classes from './Answer.module.css'

interface Props {
  schema: JsonObject
  onChange: (schema: JsonObject) => void
}

const written = (schema: JsonObject) => JSON.stringify(schema, null, 2)

/** A schema as it is written. A text that cannot be read is not taken over, and stays. */
export function SchemaText({ schema, onChange }: Props) {
  const { t } = useTranslation('templates')
  const [typed, setTyped] = useState<string | null>(null)
  const read = useMemo(() => readSchema(typed ?? written(schema), t), [typed, schema, t])
  useUnsaved(read.schema === null)
  // What came from elsewhere, as with Undo, takes the place of what was typed before it.
  const text = typed !== null && (read.schema === null || sameJson(read.schema, schema)) ? typed : written(schema)
  return (
    <div>
      <TemplateEditor
        label={t('answer.schema')}
        language="json"
        value={text}
        onChange={(next) => {
          setTyped(next)
          const now = readSchema(next, t)
          if (now.schema) onChange(now.schema)
        }}
        marks={read.problems}
      />
      <ProblemList problems={read.problems.map((problem) => ({ ...problem, isEverywhere: false }))} isFailed={false} />
      {read.schema === null && <p className={classes.said}>{t('answer.notKept')}</p>}
    </div>
  )
}
