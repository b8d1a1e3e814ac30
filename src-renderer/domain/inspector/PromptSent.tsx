import { useTranslation } from 'react-i18next'
import type { PromptMessage, PromptPart } from '@contract/entities/turn'
import { useFormat } from '@renderer/components/format'
import { useLocal } from '@renderer/components/use-local'
import { FoldedText } from './FoldedText'
import classes from './Inspector.module.css'

export interface PromptSentProps {
  parts: readonly PromptPart[]
  /** Tokens that prompt and answer share; null where it was not kept. */
  window: number | null
  /** Of the window, kept for the answer; null where it was not kept. */
  answer?: number | null
  messages: readonly PromptMessage[]
  /** The messages can be changed. */
  onChange?: ((messages: PromptMessage[]) => void) | undefined
}

/** A prompt: its parts and their share of the window, what was left out, and every message, folded. */
export function PromptSent({ parts, window, answer = null, messages, onChange }: PromptSentProps) {
  const { t } = useTranslation('inspector')
  return (
    <>
      {parts.length > 0 && <Budget parts={parts} window={window} answer={answer} />}
      <section aria-label={t('messages')} className={classes.messages}>
        {messages.map(({ role, content }, index) => (
          <FoldedText
            // What is changed begins anew: a fold that was closed while it was read is open for the last message.
            key={`${onChange ? 'changed' : 'read'} ${index}`}
            title={t(`message.${role}`)}
            text={content}
            open={messages.length <= 2 || (onChange !== undefined && index === messages.length - 1)}
            {...(onChange && {
              onChange: (text) => onChange(messages.with(index, { role, content: text })),
              focused: index === messages.length - 1,
            })}
          />
        ))}
      </section>
    </>
  )
}

function Budget({
  parts,
  window,
  answer,
}: {
  parts: readonly PromptPart[]
  window: number | null
  answer: number | null
}) {
  const { t } = useTranslation('inspector')
  const format = useFormat()
  const local = useLocal()
  const rows = [
    ...parts.map(({ id, name, tokens, leftOut }) => ({ id, name: local(name), tokens, leftOut })),
    ...(answer === null ? [] : [{ id: 'answer', name: t('answerRoom'), tokens: answer, leftOut: 0 }]),
  ]
  const used = rows.reduce((all, { tokens }) => all + tokens, 0)
  const most = Math.max(1, ...rows.map(({ tokens }) => tokens))
  const leftOut = parts.filter((part) => part.leftOut > 0)
  return (
    <section aria-label={t('budget')} className={classes.budget}>
      <table className={classes.parts}>
        <tbody>
          {rows.map(({ id, name, tokens }) => (
            <tr key={id} data-part={id}>
              <th scope="row">{name}</th>
              <td className={classes.share} aria-hidden>
                <span style={{ width: `${(tokens / most) * 100}%` }} />
              </td>
              <td className={classes.figure}>{format.number(tokens)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={classes.note}>
        {window === null
          ? t('used', { used: format.number(used) })
          : t('usedOf', { used: format.number(used), window: format.number(window) })}
      </p>
      {leftOut.length > 0 && (
        <p className={classes.leftOut}>
          {t('leftOut', {
            what: leftOut
              .map((part) => t('leftOutPart', { name: local(part.name), shown: format.number(part.leftOut) }))
              .join(', '),
          })}{' '}
          {t('leftOutWhy')}
        </p>
      )}
    </section>
  )
}
