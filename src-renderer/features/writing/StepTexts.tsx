import type { TurnId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { UnreadableNote } from '@renderer/components/UnreadableNote'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { useRoleName } from '@renderer/domain/use-role-name'
import classes from './PassageNotes.module.css'

/** What the steps of a turn thought, or what its Director planned. */
export function StepTexts({ turnId, what }: { turnId: TurnId; what: 'plan' | 'reasoning' }) {
  const { data: steps } = useRoute('turns.steps', { turnId })
  const roleName = useRoleName()
  if (!steps) return <LoadingRows rows={2} height={20} />
  const texts = steps.flatMap(({ position, role, model, answer, reasoning }) => {
    const text = what === 'plan' ? (role === 'director' ? answer : '') : reasoning
    return text.trim() === '' ? [] : [{ position, who: `${roleName(role)} · ${model}`, text: text.trim() }]
  })
  return (
    <>
      {texts.map(({ position, who, text }) => (
        <p key={position} className={classes.step}>
          <span className={classes.who}>{who}</span>
          {text}
        </p>
      ))}
      <UnreadableNote parts={[...new Set(steps.flatMap(({ unreadable = [] }) => unreadable))]} />
    </>
  )
}
