import { useTranslation } from 'react-i18next'
import type { TurnStep } from '@contract/entities/turn'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { useFormat } from '@renderer/components/format'
import { FoldedText } from './FoldedText'
import classes from './Inspector.module.css'

/** What came of a step, as the model gave it: its thoughts, its answer, and what was wrong with it. */
export function StepAnswer({ step }: { step: TurnStep }) {
  const { t } = useTranslation('inspector')
  const format = useFormat()
  const { answer, reasoning, responseSchema, result, error, inputTokens, outputTokens, cost, firstTokenMs, totalMs } =
    step
  const facts = [
    inputTokens === null ? null : t('read', { count: inputTokens, shown: format.number(inputTokens) }),
    outputTokens === null ? null : t('written', { count: outputTokens, shown: format.number(outputTokens) }),
    cost === null ? null : format.cost(cost),
    firstTokenMs === null ? null : t('firstWord', { time: format.duration(firstTokenMs) }),
    t('took', { time: format.duration(totalMs) }),
  ].filter((fact) => fact !== null)
  return (
    <div className={classes.answer}>
      <p className={classes.note}>{facts.join(' · ')}</p>
      {error && <ErrorNotice error={error} />}
      {reasoning !== '' && <FoldedText title={t('reasoning')} text={reasoning} />}
      {answer === '' ? (
        <p className={classes.empty}>{t('noAnswer')}</p>
      ) : (
        <FoldedText title={t('rawAnswer')} text={answer} open />
      )}
      {result && <FoldedText title={t('made')} text={JSON.stringify(result, null, 2)} />}
      {responseSchema && <FoldedText title={t('schema')} text={JSON.stringify(responseSchema, null, 2)} />}
    </div>
  )
}
