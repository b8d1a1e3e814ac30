import { InlineTitle } from './InlineTitle'
import classes from './DescribedTitle.module.css'

interface Props {
  name: string
  description: string
  /** Named for screen readers, and said while there is none. */
  words: { name: string; nameNeeded: string; description: string; descriptionHint: string }
  /** Why the last save failed, or null. */
  error: unknown
  onChange: (patch: { name: string } | { description: string }) => void
}

/** Name and description, edited where they stand. */
export function DescribedTitle({ name, description, words, error, onChange }: Props) {
  return (
    <div className={classes.title}>
      <InlineTitle
        name={name}
        label={words.name}
        needed={words.nameNeeded}
        error={error}
        onChange={(next) => onChange({ name: next })}
      />
      <textarea
        className={classes.description}
        aria-label={words.description}
        placeholder={words.descriptionHint}
        maxLength={2000}
        rows={1}
        value={description}
        onChange={(event) => onChange({ description: event.currentTarget.value })}
      />
    </div>
  )
}
