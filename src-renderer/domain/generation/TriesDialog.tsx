import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Generation } from '@contract/entities/generation'
import { CopyText } from '@renderer/components/CopyText'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { FoldedText } from '@renderer/domain/inspector/FoldedText'
import { useAnswerProblem } from './answer-words'
import { useGenerationFacts } from './use-generation-facts'
import { useOrdinal } from './use-ordinal'
import classes from './GenerationCard.module.css'

/** Every answer as the model gave it, with what is wrong with it, and what was sent. */
export function TriesDialog({ generation, onClose }: { generation: Generation; onClose: () => void }) {
  const { t } = useTranslation('generations')
  const common = useTranslation('common').t
  const inspector = useTranslation('inspector').t
  const ordinal = useOrdinal()
  const problemText = useAnswerProblem()
  const facts = useGenerationFacts()
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t('tries.title')}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      {generation.tries.map((one, index) => (
        // Tries are only ever added: their place is their name.
        <section key={index} className={classes.try} aria-label={t('tries.nth', { nth: ordinal(index) })}>
          <div className={classes.tryHead}>
            <h3>{t('tries.nth', { nth: ordinal(index) })}</h3>
            <span className={classes.facts}>
              {facts({ ...one, version: 0, edited: false, state: 'complete' })}
              {one.tokenName !== null && ` · ${one.tokenName}`}
            </span>
            <CopyText text={one.answer} />
          </div>
          {one.problems.length > 0 && (
            <ul className={classes.problems}>
              {one.problems.slice(0, 30).map((problem) => (
                <li key={`${problem.path} ${problem.keyword} ${problem.message}`}>{problemText(problem)}</li>
              ))}
            </ul>
          )}
          {one.cut && <p className={classes.warning}>{t('tries.cut')}</p>}
          {one.error && <ErrorNotice error={one.error} />}
          {one.reasoning !== '' && <FoldedText title={t('tries.reasoning')} text={one.reasoning} />}
          {one.answer !== '' && <pre className={classes.raw}>{one.answer}</pre>}
        </section>
      ))}
      <section aria-label={t('tries.sent')} className={classes.try}>
        <div className={classes.tryHead}>
          <h3>{t('tries.sent')}</h3>
          <span className={classes.facts}>{t(generation.native ? 'tries.native' : 'tries.instructed')}</span>
        </div>
        {generation.messages.map(({ role, content }, index) => (
          <FoldedText key={index} title={inspector(`message.${role}`)} text={content} />
        ))}
        {Object.keys(generation.parameters).length > 0 && (
          <FoldedText title={t('tries.parameters')} text={JSON.stringify(generation.parameters, null, 2)} />
        )}
      </section>
    </Modal>
  )
}
