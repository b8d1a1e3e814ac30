import { useId, useState } from 'react'
import { Name } from '@contract/values'
import { toErrorShape, useErrorText } from './error-text'
import classes from './InlineTitle.module.css'

interface Props {
  name: string
  /** Names the field for screen readers: "Preset name". */
  label: string
  /** Said while it is empty: "A preset needs a name." */
  needed: string
  /** Why the last save failed, or null; that the name is taken is said here. */
  error: unknown
  onChange: (name: string) => void
}

/** A name that is edited where it stands. Only names that can be kept are passed on. */
export function InlineTitle({ name, label, needed, error, onChange }: Props) {
  const errorText = useErrorText()
  const problemId = useId()
  const [typed, setTyped] = useState<string | null>(null)
  const parsed = typed === null ? null : Name.safeParse(typed)
  const taken = error !== null && toErrorShape(error).code === 'name_taken'
  const problem = parsed && !parsed.success ? needed : taken ? errorText(error).what : ''
  return (
    <>
      <h2 className={classes.heading}>
        <input
          className={classes.name}
          aria-label={label}
          aria-invalid={problem !== ''}
          aria-describedby={problemId}
          maxLength={120}
          autoComplete="off"
          spellCheck={false}
          value={typed ?? name}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            const next = Name.safeParse(event.currentTarget.value)
            if (next.success && next.data !== name) onChange(next.data)
          }}
          onBlur={() => setTyped(null)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur()
          }}
        />
      </h2>
      <div id={problemId} className={classes.problem} aria-live="polite">
        {problem}
      </div>
    </>
  )
}
