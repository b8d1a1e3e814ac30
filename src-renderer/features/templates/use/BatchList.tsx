import { Button, Input, Select } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { InputVariable } from '@contract/entities/template'
import { textOf } from '@contract/json'
import { useFormat } from '@renderer/components/format'
import { pickFiles } from '@renderer/components/text-files'
import { useFileDrop } from '@renderer/components/use-file-drop'
import { labelOf } from '@renderer/domain/template-form/field-words'
import type { useInputList } from './use-input-list'
import classes from './Batches.module.css'

const LIST_FILES = '.csv,.tsv,.json,.jsonl,.ndjson,.txt,text/csv,application/json'
const NO_COLUMN = ''

interface Props {
  variables: readonly InputVariable[]
  input: ReturnType<typeof useInputList>
}

/** The file with the inputs, and which of its columns goes into which variable. */
export function BatchList({ variables, input: { list, reading, trouble, take, map } }: Props) {
  const { t } = useTranslation('generations')
  const format = useFormat()
  const drop = useFileDrop(take)
  return (
    <>
      <div>
        <div className={classes.drop} {...drop}>
          <span className={list ? undefined : classes.soft}>
            {list
              ? t('list.file', { file: list.fileName, count: list.rows, rows: format.number(list.rows) })
              : t('list.drop')}
          </span>
          <span className={classes.grow} />
          <Button
            variant="default"
            size="xs"
            loading={reading}
            data-autofocus
            leftSection={<IconUpload size={15} stroke={1.6} aria-hidden />}
            onClick={() => void pickFiles(LIST_FILES).then(([file]) => take(file))}
          >
            {t(list ? 'file.another' : 'file.choose')}
          </Button>
        </div>
        {trouble !== null && (
          <Input.Error role="alert" mt={6}>
            {trouble}
          </Input.Error>
        )}
      </div>
      {list && (
        <div role="group" aria-label={t('list.mapping')} className={classes.mapping}>
          {variables.map((variable) => {
            const column = list.mapping[variable.name]
            const example = column === undefined ? undefined : list.first[0]?.values[column]
            return (
              <MappingRow
                key={variable.name}
                label={labelOf(variable)}
                required={variable.required}
                needed={variable.required && isNothing(variable)}
                columns={list.columns}
                column={column}
                example={example === undefined || example === null ? '' : textOf(example)}
                onChange={(next) => {
                  const { [variable.name]: _before, ...rest } = list.mapping
                  map(next === NO_COLUMN ? rest : { ...rest, [variable.name]: next })
                }}
              />
            )
          })}
        </div>
      )}
    </>
  )
}

/** It has no default of its own. */
function isNothing(variable: InputVariable): boolean {
  if (variable.type === 'file' || variable.default === null) return true
  const own = variable.default
  return typeof own === 'string' || Array.isArray(own) ? own.length === 0 : false
}

interface RowProps {
  label: string
  required: boolean
  /** Nothing else says its value. */
  needed: boolean
  columns: readonly string[]
  column: string | undefined
  /** Of the first row. */
  example: string
  onChange: (column: string) => void
}

function MappingRow({ label, required, needed, columns, column, example, onChange }: RowProps) {
  const { t } = useTranslation('generations')
  return (
    <>
      <span>
        {label}
        {required && ' *'}
      </span>
      <Select
        aria-label={t('list.columnFor', { label })}
        allowDeselect={false}
        searchable={columns.length > 10}
        data={[
          { value: NO_COLUMN, label: t(needed ? 'list.chooseColumn' : 'list.noColumn') },
          ...columns.filter((each) => each !== NO_COLUMN).map((each) => ({ value: each, label: each })),
        ]}
        value={column ?? NO_COLUMN}
        error={needed && column === undefined}
        onChange={(next) => onChange(next ?? NO_COLUMN)}
      />
      <span className={classes.example} title={example}>
        {example}
      </span>
    </>
  )
}
