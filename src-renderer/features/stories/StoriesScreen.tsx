import { Button, CloseButton, Switch, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconBooks, IconFileImport, IconSearch } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRoute } from '@renderer/api/queries'
import { EmptyState } from '@renderer/components/EmptyState'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { PageHeader } from '@renderer/components/PageHeader'
import { useStorySearch } from '@renderer/stores/story-search'
import { useImport } from '@renderer/domain/files/use-import'
import { NewStoryButton } from './NewStoryButton'
import { SearchResults } from './SearchResults'
import { StoryList } from './StoryList'
import classes from './StoriesScreen.module.css'

/** Milliseconds from the last key to the search. */
const SEARCH_DELAY = 150

/** The library: every story, and every word in them. */
export function StoriesScreen() {
  const { t } = useTranslation('stories')
  const stories = useRoute('stories.list', {})
  const importFiles = useImport()
  const text = useStorySearch((state) => state.text)
  const setText = useStorySearch((state) => state.seek)
  const [sought] = useDebouncedValue(text.trimStart(), SEARCH_DELAY)
  const column = useRef<HTMLDivElement>(null)
  const [withArchived, setWithArchived] = useState(false)
  const archived = stories.data?.filter((story) => story.archived).length ?? 0
  const shown = stories.data?.filter((story) => withArchived || !story.archived) ?? []

  return (
    <>
      <PageHeader title={t('title')}>
        <Button variant="default" leftSection={<IconFileImport size={16} aria-hidden />} onClick={importFiles}>
          {t('import')}
        </Button>
        {shown.length > 0 && <NewStoryButton />}
      </PageHeader>
      <div className={classes.scroller}>
        <div ref={column} className={classes.column}>
          {stories.isError && <ErrorNotice error={stories.error} onRetry={() => void stories.refetch()} />}
          {stories.isPending && <LoadingRows rows={5} height={84} />}
          {stories.data && stories.data.length > 0 && (
            <div className={classes.tools}>
              <TextInput
                className={classes.search}
                type="search"
                aria-label={t('search.label')}
                placeholder={t('search.placeholder')}
                leftSection={<IconSearch size={16} aria-hidden />}
                rightSection={
                  text !== '' && <CloseButton size="sm" aria-label={t('search.clear')} onClick={() => setText('')} />
                }
                maxLength={200}
                value={text}
                onChange={(event) => setText(event.currentTarget.value)}
                onKeyDown={(event) => {
                  if (event.key === 'Escape') setText('')
                  if (event.key !== 'ArrowDown') return
                  event.preventDefault()
                  column.current?.querySelector<HTMLElement>('ul [data-row]')?.focus()
                }}
              />
              {archived > 0 && (
                <Switch
                  label={t('archived.show', { count: archived })}
                  checked={withArchived}
                  onChange={(event) => setWithArchived(event.currentTarget.checked)}
                />
              )}
            </div>
          )}
          {sought !== '' && text.trim() !== '' ? <SearchResults text={sought} /> : <StoryList stories={shown} />}
          {stories.data && shown.length === 0 && sought === '' && (
            <EmptyState
              icon={<IconBooks size={28} stroke={1.5} />}
              text={t(archived > 0 ? 'empty.allArchived' : 'empty.none')}
              action={<NewStoryButton />}
            />
          )}
        </div>
      </div>
    </>
  )
}
