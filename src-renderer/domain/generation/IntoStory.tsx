import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconFeather } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { GenerationId, StoryId } from '@contract/ids'
import { request } from '@renderer/api/bridge'
import { useCommand, useRoute } from '@renderer/api/queries'
import { notifyError, notifyUndo } from '@renderer/components/notify'

/** Puts an answer at the end of a story: of its own one, or of one that is chosen here. */
export function IntoStory({ id, storyId }: { id: GenerationId; storyId: StoryId | null }) {
  const { t } = useTranslation('generations')
  const stories = useRoute('stories.list', {}).data?.filter(({ archived }) => !archived) ?? []
  const put = useCommand('generations.intoStory', {
    onError: notifyError,
    onSuccess: ({ messageId }, input) =>
      notifyUndo({
        text: t('page.done', { title: stories.find((story) => story.id === input.storyId)?.title ?? '' }),
        undo: () => request('messages.delete', { id: messageId }),
      }),
  })
  const icon = <IconFeather size={16} stroke={1.6} aria-hidden />
  if (storyId !== null)
    return (
      <Button
        variant="default"
        size="sm"
        leftSection={icon}
        loading={put.isPending}
        onClick={() => put.mutate({ id, storyId })}
      >
        {t('action.intoPage')}
      </Button>
    )
  if (stories.length === 0) return null
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          variant="default"
          size="sm"
          leftSection={icon}
          rightSection={<IconChevronDown size={14} aria-hidden />}
          loading={put.isPending}
        >
          {t('action.intoPage')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
        <Menu.Label>{t('page.choose')}</Menu.Label>
        {stories.slice(0, 50).map((story) => (
          <Menu.Item key={story.id} onClick={() => put.mutate({ id, storyId: story.id })}>
            {story.title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
