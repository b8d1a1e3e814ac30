import { Fragment, memo } from 'react'
import classes from './Prose.module.css'
import { splitBlocks, splitRuns, takesDropCap, type Run } from '@contract/prose'

function styled({ text, bold, italic }: Run) {
  if (bold && italic) {
    return (
      <strong>
        <em>{text}</em>
      </strong>
    )
  }
  if (bold) return <strong>{text}</strong>
  return italic ? <em>{text}</em> : text
}

interface ParagraphProps {
  text: string
  /** Text is still being added at its end. */
  growing: boolean
  dropCap: boolean
}

// A long passage streams in at 60 frames a second because only its last paragraph renders again.
const Paragraph = memo(function Paragraph({ text, growing, dropCap }: ParagraphProps) {
  return (
    <p className={classes.paragraph} data-drop-cap={dropCap || undefined}>
      {splitRuns(text, growing).map((run, index) => (
        <Fragment key={index}>{styled(run)}</Fragment>
      ))}
      {growing && <span className={classes.caret} aria-hidden />}
    </p>
  )
})

export interface ProseProps {
  text: string
  /** The text is still being written: a caret stands at its end. */
  growing?: boolean
  /** Begins with a large red letter. */
  dropCap?: boolean
}

/** A passage as set text. */
export function Prose({ text, growing = false, dropCap = false }: ProseProps) {
  const blocks = splitBlocks(text)
  const last = blocks.length - 1
  return (
    <>
      {blocks.map((block, index) => {
        const key = String(index)
        if (block.kind === 'break') return <hr key={key} className={classes.break} />
        return (
          <Paragraph
            key={key}
            text={block.text}
            growing={growing && index === last}
            dropCap={dropCap && index === 0 && takesDropCap(block.text)}
          />
        )
      })}
      {growing && blocks[last]?.kind !== 'paragraph' && (
        <p className={classes.paragraph}>
          <span className={classes.caret} aria-hidden />
        </p>
      )}
    </>
  )
}
