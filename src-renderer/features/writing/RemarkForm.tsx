import { Button, Textarea } from '@mantine/core'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useWriting } from './writing-context'
import classes from './PassageNotes.module.css'

export interface RemarkFormProps {
  disabled: boolean
  onSend: (remark: string) => void
  onClose: () => void
}

/** What the writer wants to be different in a passage. Its keys are those of the composer. */
export function RemarkForm({ disabled, onSend, onClose }: RemarkFormProps) {
  const { t } = useTranslation('writing')
  const { focusComposer } = useWriting()
  const field = useRef<HTMLTextAreaElement>(null)
  const [remark, setRemark] = useState('')
  useEffect(() => field.current?.focus(), [])

  const send = () => {
    if (disabled || remark.trim() === '') return
    onSend(remark.trim())
    onClose()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') {
      event.preventDefault()
      onClose()
      focusComposer()
    }
    if (event.key !== 'Enter' || event.shiftKey) return
    event.preventDefault()
    send()
  }

  return (
    <form
      className={classes.word}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <Textarea
        ref={field}
        className={classes.remark}
        size="sm"
        autosize
        minRows={1}
        maxRows={6}
        maxLength={4000}
        aria-label={t('notes.word')}
        placeholder={t('notes.word')}
        value={remark}
        onChange={(event) => setRemark(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <Button type="submit" size="sm" disabled={disabled || remark.trim() === ''}>
        {t('notes.again')}
      </Button>
    </form>
  )
}
