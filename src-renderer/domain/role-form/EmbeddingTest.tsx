import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelSettings } from '@contract/entities/model-config'
import { useCommand } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { useFormat } from '@renderer/components/format'
import { useLanguage } from '@renderer/components/use-local'
import classes from './EmbeddingTest.module.css'

/** How alike two texts are, in a word, by the cosine of their vectors. */
function likeness(similarity: number): 'same' | 'close' | 'related' | 'loose' | 'apart' {
  if (similarity > 0.98) return 'same'
  if (similarity > 0.75) return 'close'
  if (similarity > 0.5) return 'related'
  return similarity > 0.25 ? 'loose' : 'apart'
}

/** Embeds two sentences as the settings say, and shows how alike they are. */
export function EmbeddingTest({ settings }: { settings: ModelSettings }) {
  const { t } = useTranslation('presets')
  const language = useLanguage()
  const format = useFormat()
  const [first, setFirst] = useState<string>(t('embeddingTest.first'))
  const [second, setSecond] = useState<string>(t('embeddingTest.second'))
  const [asked, setAsked] = useState('')
  const test = useCommand('embeddings.test')
  // What was measured with other texts or settings says nothing about these.
  const question = JSON.stringify([settings, first, second])
  const current = asked === question
  const exact = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  return (
    <section className={classes.test} aria-label={t('embeddingTest.title')}>
      <h3 className={classes.title}>{t('embeddingTest.title')}</h3>
      <p className={classes.help}>{t('embeddingTest.help')}</p>
      <div className={classes.texts}>
        <Sample label={t('embeddingTest.firstLabel')} value={first} onChange={setFirst} />
        <Sample label={t('embeddingTest.secondLabel')} value={second} onChange={setSecond} />
      </div>
      <div className={classes.foot}>
        <Button
          variant="default"
          loading={test.isPending}
          disabled={first.trim() === '' || second.trim() === ''}
          onClick={() => {
            setAsked(question)
            test.mutate({ settings, texts: [first, second] })
          }}
        >
          {t('embeddingTest.run')}
        </Button>
        <output className={classes.result}>
          {current && test.data && (
            <>
              <strong>{t(`embeddingTest.likeness.${likeness(test.data.similarity)}`)}</strong>{' '}
              {t('embeddingTest.facts', {
                similarity: exact.format(test.data.similarity),
                dimensions: format.number(test.data.dimensions),
                ms: format.number(Math.round(test.data.latencyMs)),
              })}
            </>
          )}
        </output>
      </div>
      {current && test.error && <ErrorNotice error={test.error} />}
    </section>
  )
}

function Sample({ label, value, onChange }: { label: string; value: string; onChange: (text: string) => void }) {
  return (
    <Textarea
      label={label}
      autosize
      minRows={2}
      maxRows={6}
      maxLength={2000}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
