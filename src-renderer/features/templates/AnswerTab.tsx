import { Button, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnswerForm, AnswerFormat, TemplateContent } from '@contract/entities/template'
import type { JsonObject } from '@contract/values'
import { SidesField } from '@renderer/components/SidesField'
import type { ChangeContent } from './use-template-draft'
import { BecomesPart } from './BecomesPart'
import { SampleDialog } from './SampleDialog'
import { newSchema } from './schema-shape'
import { SchemaForm } from './SchemaForm'
import { SchemaText } from './SchemaText'
import classes from './Answer.module.css'

interface Props {
  content: TemplateContent
  onChange: ChangeContent
}

const formats: readonly AnswerFormat[] = ['text', 'json', 'csv']

const schemaOf = (answer: AnswerForm) => (answer.format === 'text' ? null : answer.schema)

/** What an answer looks like, and what becomes of it. */
export function AnswerTab({ content, onChange }: Props) {
  const { t } = useTranslation('templates')
  const { answer } = content
  const [way, setWay] = useState<'form' | 'text'>('form')
  const [sampling, setSampling] = useState(false)
  /** While the tab is open, the shape is there again for who looks at plain text meanwhile. */
  const [last, setLast] = useState<JsonObject | null>(null)
  const schema = schemaOf(answer)
  const set = (next: AnswerForm) => onChange((before) => ({ ...before, answer: next }))
  const choose = (format: AnswerFormat) => {
    if (schema) setLast(schema)
    set(format === 'text' ? { format } : { format, schema: schema ?? last })
  }
  const describe = (next: JsonObject | null) => answer.format !== 'text' && set({ ...answer, schema: next })
  return (
    <div className={classes.page}>
      <SidesField
        label={t('answer.format')}
        description={t(`answer.formatHelp.${answer.format}`)}
        value={answer.format}
        sides={formats.map((value) => ({ value, label: t(`formats.${value}`) }))}
        onChange={choose}
      />
      {answer.format !== 'text' && (
        <section aria-label={t('answer.schema')} className={classes.schema}>
          <div className={classes.head}>
            <h3 className={classes.heading}>{t(answer.format === 'csv' ? 'answer.row' : 'answer.schema')}</h3>
            {schema && (
              <SegmentedControl
                size="xs"
                aria-label={t('answer.way')}
                value={way}
                data={[
                  { value: 'form', label: t('answer.asForm') },
                  { value: 'text', label: t('answer.asText') },
                ]}
                onChange={(value) => setWay(value === 'text' ? 'text' : 'form')}
              />
            )}
            <Button variant="default" size="xs" onClick={() => setSampling(true)}>
              {t('answer.sample')}
            </Button>
            {schema && (
              <Button variant="subtle" color="gray" size="xs" onClick={() => describe(null)}>
                {t('answer.any')}
              </Button>
            )}
          </div>
          {!schema && (
            <>
              <p className={classes.said}>{t(`answer.anyHelp.${answer.format}`)}</p>
              <div>
                <Button variant="default" size="xs" onClick={() => describe(newSchema('object'))}>
                  {t('answer.describe')}
                </Button>
              </div>
            </>
          )}
          {schema && way === 'form' && (
            <SchemaForm
              schema={schema}
              isRow={answer.format === 'csv'}
              onChange={describe}
              onText={() => setWay('text')}
            />
          )}
          {schema && way === 'text' && <SchemaText schema={schema} onChange={describe} />}
          <SampleDialog
            opened={sampling}
            format={answer.format}
            onSchema={(next) => {
              setSampling(false)
              describe(next)
            }}
            onCancel={() => setSampling(false)}
          />
        </section>
      )}
      <BecomesPart
        becomes={content.becomes}
        schema={schema}
        onChange={(becomes) => onChange((before) => ({ ...before, becomes }))}
      />
    </div>
  )
}
