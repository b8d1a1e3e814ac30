import { TextInput, Tooltip, UnstyledButton } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Story } from '@contract/entities/story'
import { useCommand } from '@renderer/api/queries'
import { notifyError } from '@renderer/components/notify'
import classes from './StoryTitle.module.css'

/** The story's name, renamed where it stands. */
export function StoryTitle({ story: { id, title } }: { story: Story }) {
  const { t } = useTranslation('writing')
  const [editing, setEditing] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const rename = useCommand('stories.rename', { onError: notifyError })

  const leave = (byKey: boolean) => {
    setEditing(false)
    if (byKey) requestAnimationFrame(() => button.current?.focus())
  }
  const save = (name: string, byKey: boolean) => {
    if (name === '' || name === title) leave(byKey)
    else if (!rename.isPending) rename.mutate({ id, title: name }, { onSettled: () => leave(byKey) })
  }

  if (editing) return <TitleField title={title} onSave={save} onCancel={() => leave(true)} />
  return (
    <Tooltip label={t('title.rename')}>
      <UnstyledButton
        ref={button}
        className={classes.title}
        aria-label={t('title.renameNamed', { title })}
        onClick={() => setEditing(true)}
      >
        {title}
      </UnstyledButton>
    </Tooltip>
  )
}

interface TitleFieldProps {
  title: string
  /** `byKey`: the focus goes back to the title. */
  onSave: (name: string, byKey: boolean) => void
  onCancel: () => void
}

function TitleField({ title, onSave, onCancel }: TitleFieldProps) {
  const { t } = useTranslation('writing')
  const [text, setText] = useState(title)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [])
  return (
    <TextInput
      ref={field}
      className={classes.field}
      classNames={{ input: classes.input }}
      variant="unstyled"
      aria-label={t('title.label')}
      value={text}
      maxLength={120}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => onSave(text.trim(), false)}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) onSave(text.trim(), true)
        if (event.key === 'Escape') onCancel()
      }}
    />
  )
}
