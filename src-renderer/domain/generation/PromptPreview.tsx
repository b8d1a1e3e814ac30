import { Collapse, UnstyledButton } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { useId, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InputValues } from '@contract/entities/template'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { useFormat } from '@renderer/components/format'
import type { TemplateRun } from './use-template-run'
import { markValues } from './mark-values'
import classes from './PromptPreview.module.css'

/** What a model would be sent, folded: its messages with the values of the form marked, its size, and who gets it. */
export function PromptPreview({ preview, values }: { preview: TemplateRun['preview']; values: InputValues }) {
  const { t } = useTranslation('generations')
  const inspector = useTranslation('inspector').t
  const format = useFormat()
  const id = useId()
  const [open, setOpen] = useState(false)
  const { data, error } = preview
  const model = data?.model === '' ? t('use.noModel') : data?.model
  const facts =
    data?.messages && model !== undefined
      ? t('use.previewFacts', { count: data.tokens, number: format.number(data.tokens), model })
      : model
  const why = () => {
    if (!data || data.messages) return null
    const fatal = data.problems.find((problem) => problem.fatal)
    if (fatal) return t('use.broken', { line: fatal.line, message: fatal.message })
    return t('use.faulty')
  }
  return (
    <section className={classes.preview}>
      <UnstyledButton className={classes.head} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        <IconChevronRight className={classes.chevron} size={15} stroke={1.6} aria-hidden />
        <span className={classes.title}>{t('use.preview')}</span>
        <span className={classes.facts}>{facts}</span>
      </UnstyledButton>
      <Collapse expanded={open} id={id} keepMounted={false}>
        <div className={classes.messages}>
          {error && <ErrorNotice error={error} onRetry={() => void preview.refetch()} />}
          {why() !== null && <p className={classes.facts}>{why()}</p>}
          {data?.messages?.map(({ role, content }, index) => (
            // Messages have no names: their place is what they are known by.
            <div key={index}>
              {(data.messages?.length ?? 0) > 1 && <p className={classes.role}>{inspector(`message.${role}`)}</p>}
              <Marked text={content} values={values} />
            </div>
          ))}
        </div>
      </Collapse>
    </section>
  )
}

function Marked({ text, values }: { text: string; values: InputValues }) {
  const pieces = useMemo(() => markValues(text, values), [text, values])
  return (
    <pre className={classes.text}>
      {pieces.map((piece, index) => (
        // Pieces are told apart by their place alone.
        <span key={index} className={piece.isValue ? classes.value : undefined}>
          {piece.text}
        </span>
      ))}
    </pre>
  )
}
