import { ActionIcon, Tooltip } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconChevronRight, IconCopy } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { GrowingTextarea } from '@renderer/components/GrowingTextarea'
import classes from './Inspector.module.css'

export interface FoldedTextProps {
  title: string
  text: string
  /** Unfolded from the start. */
  open?: boolean
  /** The text can be changed. */
  onChange?: (text: string) => void
  /** The writer goes on at its end as soon as it can be changed. */
  focused?: boolean
}

/** A text as it was sent or came, folded to its first words. */
export function FoldedText({ title, text, open = false, onChange, focused = false }: FoldedTextProps) {
  const { t } = useTranslation('inspector')
  const clipboard = useClipboard({ timeout: 2000 })
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    const { current } = field
    if (!focused || !current) return
    current.focus()
    current.setSelectionRange(current.value.length, current.value.length)
  }, [focused])
  const copy = t(clipboard.copied ? 'copied' : 'copy')
  return (
    <details className={classes.fold} open={open}>
      <summary className={classes.foldHead}>
        <IconChevronRight className={classes.chevron} size={14} aria-hidden />
        <span className={classes.foldTitle}>{title}</span>
        <span className={classes.firstWords}>{text.slice(0, 160)}</span>
      </summary>
      <div className={classes.foldBody}>
        <Tooltip label={copy}>
          <ActionIcon
            className={classes.copy}
            variant="subtle"
            color="gray"
            size={26}
            aria-label={copy}
            onClick={() => clipboard.copy(text)}
          >
            {clipboard.copied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />}
          </ActionIcon>
        </Tooltip>
        {onChange ? (
          <GrowingTextarea
            ref={field}
            className={classes.changed}
            aria-label={title}
            value={text}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
        ) : (
          <pre className={classes.exact}>{text}</pre>
        )}
      </div>
    </details>
  )
}
