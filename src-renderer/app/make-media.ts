import type { StoryId } from '@contract/ids'
import { request } from '@renderer/api/bridge'
import { useMediaDialog } from '@renderer/stores/media-dialog'
import { useTemplateDialog } from '@renderer/stores/template-dialog'

/** Opens "Make…" for what is selected on the page, or else for the last passage of the story. */
export async function makeMedia(storyId: StoryId): Promise<void> {
  const { selected } = useTemplateDialog.getState()
  const { messages } = await request('messages.page', { storyId })
  const last = messages.findLast(({ author, text }) => author === 'story' && text.trim() !== '')
  useMediaDialog.getState().open({
    stage: null,
    storyId,
    messageId: last?.id ?? null,
    sourceId: null,
    text: selected || (last?.text ?? ''),
  })
}
