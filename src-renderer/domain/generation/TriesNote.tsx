import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Generation } from '@contract/entities/generation'
import { useErrorText } from '@renderer/components/error-text'
import { useAnswerProblem } from './answer-words'
import { TriesDialog } from './TriesDialog'
import { useOrdinal } from './use-ordinal'
import classes from './GenerationCard.module.css'

/** What was wrong with the answers that were not taken, and the way to all of them. */
export function TriesNote({ generation }: { generation: Generation }) {
  const { t } = useTranslation('generations')
  const ordinal = useOrdinal()
  const problemText = useAnswerProblem()
  const errorText = useErrorText()
  const [open, setOpen] = useState(false)
  const { tries, state } = generation
  if (tries.length === 0) return null

  const lines = tries.flatMap(({ problems, error, cut }, index) => {
    const nth = ordinal(index)
    const isLast = index === tries.length - 1
    const [first] = problems
    if (first) {
      const what = problemText(first)
      const more = problems.length > 1 ? t('tries.more', { count: problems.length - 1 }) : ''
      const asked = !isLast
      return [t(asked ? 'tries.askedAgain' : 'tries.last', { nth, problem: `${what}${more}` })]
    }
    if (error && !isLast) return [t('tries.failed', { nth, reason: errorText(error).what })]
    return cut && isLast ? [t('tries.cut')] : []
  })
  const edited = generation.edited && state !== 'running'
  if (lines.length === 0 && tries.length < 2 && !edited && generation.format === 'text') return null
  return (
    <div className={classes.note}>
      {lines.map((line) => (
        <p key={line}>{asSentence(line)}</p>
      ))}
      <Button variant="subtle" color="gray" size="compact-sm" ml={-8} onClick={() => setOpen(true)}>
        {t('tries.open', { count: tries.length })}
      </Button>
      {open && <TriesDialog generation={generation} onClose={() => setOpen(false)} />}
    </div>
  )
}

const asSentence = (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`
