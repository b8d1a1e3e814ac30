import { create } from 'zustand'
import { MessageId, type StoryId } from '@contract/ids'

interface TemplateDialog {
  /** What is selected on the page now; it stays while a menu or the palette has the focus. */
  selected: string
  /** The story in which a template is used, with what was selected in it then; null while none is. */
  opened: { storyId: StoryId; selection: string } | null
  select: (text: string) => void
  open: (storyId: StoryId) => void
  close: () => void
}

/** "Generate with a template" over the page: the composer, a selection and the palette open it. */
export const useTemplateDialog = create<TemplateDialog>((set) => ({
  selected: '',
  opened: null,
  select: (selected) => set({ selected }),
  open: (storyId) => set(({ selected }) => ({ opened: { storyId, selection: selected } })),
  close: () => set({ opened: null }),
}))

/** What is selected on the page, where that is words of the story. */
export function selectionOnPage(): { text: string; range: Range; messageId: MessageId | null } | null {
  const selection = window.getSelection()
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return null
  const range = selection.getRangeAt(0)
  const within = range.commonAncestorContainer
  const element = within instanceof Element ? within : within.parentElement
  const text = selection.toString().trim()
  if (!element?.closest('[data-story-text]') || text === '') return null
  const first = range.startContainer.parentElement?.closest<HTMLElement>('[data-passage]')
  return { text, range, messageId: MessageId.safeParse(first?.dataset['passage']).data ?? null }
}
