import { ActionIcon, Button, Modal, TextInput, Tooltip, UnstyledButton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch, IconStar, IconStarFilled, IconTrash } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { GenerationState, type GenerationSummary } from '@contract/entities/generation'
import { StoryId, TemplateId, type GenerationId } from '@contract/ids'
import type { RouteInput } from '@contract/routes'
import { request } from '@renderer/api/bridge'
import { useCommand, useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { FilterSelect } from '@renderer/components/FilterSelect'
import { useFormat } from '@renderer/components/format'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { notifyError, notifyUndo } from '@renderer/components/notify'
import { PageRows } from '@renderer/components/PageRows'
import { GenerationCard } from '@renderer/domain/generation/GenerationCard'
import { useGenerationFacts } from '@renderer/domain/generation/use-generation-facts'
import classes from './History.module.css'

const PAGE = 100
const ROW_HEIGHT = 64
const SEARCH_MS = 200

type Input = RouteInput<'generations.list'>

/** Every generation of a template, or of all: found by words, story, model and how it ended. */
export function History({ templateId }: { templateId?: TemplateId }) {
  const { t } = useTranslation('generations')
  const [text, setText] = useState('')
  const [search] = useDebouncedValue(text.trim(), SEARCH_MS)
  const [template, setTemplate] = useState<TemplateId | null>(null)
  const [storyId, setStoryId] = useState<StoryId | null>(null)
  const [model, setModel] = useState<string | null>(null)
  const [state, setState] = useState<GenerationState | null>(null)
  const [favourite, setFavourite] = useState(false)
  const [open, setOpen] = useState<GenerationId | null>(null)
  const templates = useRoute('templates.list', {}, { enabled: templateId === undefined }).data ?? []
  const stories = useRoute('stories.list', {}).data ?? []
  const models = useRoute('generations.models', {}).data ?? []
  const of = templateId ?? template
  const input: Input = {
    ...(of !== null && { templateId: of }),
    ...(storyId !== null && { storyId }),
    ...(model !== null && { model }),
    ...(state !== null && { states: [state] }),
    ...(favourite && { favourite }),
    ...(search !== '' && { search }),
    limit: PAGE,
  }
  return (
    <section className={classes.history} aria-label={t('history.title')}>
      <div className={classes.filters} role="search">
        <TextInput
          size="xs"
          className={classes.search}
          aria-label={t('history.search')}
          placeholder={t('history.search')}
          leftSection={<IconSearch size={14} stroke={1.6} aria-hidden />}
          maxLength={200}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {templateId === undefined && (
          <FilterSelect
            className={classes.choice}
            label={t('history.template')}
            data={templates.map(({ id, name }) => ({ value: id, label: name }))}
            value={template}
            onChange={(value) => setTemplate(TemplateId.safeParse(value).data ?? null)}
          />
        )}
        {stories.length > 0 && (
          <FilterSelect
            className={classes.choice}
            label={t('use.story')}
            data={stories.map(({ id, title }) => ({ value: id, label: title }))}
            value={storyId}
            onChange={(value) => setStoryId(StoryId.safeParse(value).data ?? null)}
          />
        )}
        {models.length > 1 && (
          <FilterSelect
            className={classes.choice}
            label={t('history.model')}
            data={models.map((name) => ({ value: name, label: name }))}
            value={model}
            onChange={setModel}
          />
        )}
        <FilterSelect
          className={classes.choice}
          label={t('history.state')}
          data={GenerationState.options.map((value) => ({ value, label: t(`history.states.${value}`) }))}
          value={state}
          onChange={(value) => setState(GenerationState.safeParse(value).data ?? null)}
        />
        <Button
          variant={favourite ? 'light' : 'default'}
          color="gray"
          size="xs"
          aria-pressed={favourite}
          leftSection={favourite ? <IconStarFilled size={14} aria-hidden /> : <IconStar size={14} aria-hidden />}
          onClick={() => setFavourite(!favourite)}
        >
          {t('history.favourites')}
        </Button>
      </div>
      <Found input={input} named={templateId === undefined} onOpen={setOpen} />
      {open && <Opened id={open} onClose={() => setOpen(null)} onAgain={setOpen} />}
    </section>
  )
}

interface FoundProps {
  input: Input
  /** Each says which template it is of. */
  named: boolean
  onOpen: (id: GenerationId) => void
}

function Found({ input, named, onOpen }: FoundProps) {
  const { t } = useTranslation('generations')
  const pages = useInfiniteQuery({
    queryKey: ['generations.list', input],
    queryFn: ({ pageParam }) =>
      request('generations.list', { ...input, ...(pageParam !== null && { before: pageParam }) }),
    initialPageParam: null as GenerationId | null,
    getNextPageParam: ({ generations, hasMore }) => (hasMore ? generations.at(-1)?.id : undefined),
  })
  if (pages.isPending) return <LoadingRows rows={6} height={ROW_HEIGHT} />
  if (pages.error) return <ErrorNotice error={pages.error} onRetry={() => void pages.refetch()} />
  const found = pages.data.pages.flatMap(({ generations }) => generations)
  // The size of a page is always said, and the template where the list is that of one.
  const isNarrow = Object.keys(input).length > (named ? 1 : 2)
  if (found.length === 0) return <p className={classes.empty}>{t(isNarrow ? 'form.nothing' : 'history.empty')}</p>
  const readMore = () => {
    if (pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage()
  }
  return (
    <div aria-busy={pages.isFetchingNextPage}>
      <PageRows
        label={t('history.title')}
        items={found}
        keyOf={({ id }) => id}
        rowHeight={ROW_HEIGHT}
        onNearEnd={readMore}
      >
        {(one) => <Row generation={one} named={named} onOpen={() => onOpen(one.id)} />}
      </PageRows>
    </div>
  )
}

interface RowProps {
  generation: GenerationSummary
  named: boolean
  onOpen: () => void
}

function Row({ generation, named, onOpen }: RowProps) {
  const { t } = useTranslation('generations')
  const format = useFormat()
  const facts = useGenerationFacts()
  const { id, title, templateName, state, excerpt, favourite, createdAt } = generation
  const name = title || templateName
  const mark = useCommand('generations.favourite', { onError: notifyError })
  const remove = useCommand('generations.delete', {
    onError: notifyError,
    onSuccess: () =>
      notifyUndo({
        text: t('history.deleted', { name }),
        undo: () => request('generations.restore', { ids: [id] }),
      }),
  })
  const line = [named && templateName, format.ago(createdAt), facts(generation)].filter(Boolean).join(' · ')
  return (
    <div className={classes.row}>
      <UnstyledButton className={classes.open} onClick={onOpen}>
        <span className={classes.name}>
          {name}
          {state !== 'complete' && (
            <span className={classes.state} data-state={state}>
              {t(`history.states.${state}`)}
            </span>
          )}
        </span>
        <span className={classes.excerpt}>{excerpt === title ? '' : excerpt}</span>
        <span className={classes.facts}>{line}</span>
      </UnstyledButton>
      <Tooltip label={t(favourite ? 'action.notFavourite' : 'action.favourite')}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t(favourite ? 'history.notFavourite' : 'history.favourite', { name })}
          onClick={() => mark.mutate({ id, favourite: !favourite })}
        >
          {favourite ? <IconStarFilled size={16} aria-hidden /> : <IconStar size={16} stroke={1.6} aria-hidden />}
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('history.delete')}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('history.deleteNamed', { name })}
          onClick={() => remove.mutate({ ids: [id] })}
        >
          <IconTrash size={16} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </div>
  )
}

/** One of them, as it was when it was made; what is made of it takes its place. */
function Opened({
  id,
  onClose,
  onAgain,
}: {
  id: GenerationId
  onClose: () => void
  onAgain: (id: GenerationId) => void
}) {
  const { t } = useTranslation('generations')
  const common = useTranslation('common').t
  return (
    <Modal
      opened
      onClose={onClose}
      size={780}
      title={t('history.one')}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <GenerationCard key={id} id={id} onAgain={(made) => onAgain(made)} />
    </Modal>
  )
}
