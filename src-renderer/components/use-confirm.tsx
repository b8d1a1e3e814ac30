import { useRef, useState, type ReactNode } from 'react'
import { ConfirmDialog } from './ConfirmDialog'

export interface Question {
  title: string
  text?: ReactNode
  /** What the button does: "Delete", never "OK". */
  action: string
}

/**
 * `const { confirm, dialog } = useConfirm()`: put `dialog` into the page, then
 * `if (await confirm({ title, text, action })) …`.
 */
export function useConfirm(): { confirm: (question: Question) => Promise<boolean>; dialog: ReactNode } {
  const [opened, setOpened] = useState(false)
  // Kept while the dialog fades out, so that its words do not vanish before it does.
  const [question, setQuestion] = useState<Question>({ title: '', action: '' })
  const answer = useRef<(yes: boolean) => void>(undefined)
  const close = (yes: boolean) => {
    setOpened(false)
    answer.current?.(yes)
    answer.current = undefined
  }
  const confirm = (asked: Question) => {
    answer.current?.(false)
    setQuestion(asked)
    setOpened(true)
    return new Promise<boolean>((resolve) => {
      answer.current = resolve
    })
  }
  const dialog = (
    <ConfirmDialog {...question} opened={opened} onConfirm={() => close(true)} onCancel={() => close(false)} />
  )
  return { confirm, dialog }
}
