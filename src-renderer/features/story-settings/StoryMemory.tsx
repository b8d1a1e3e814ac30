import { ActionIcon, Button, SegmentedControl, Text } from '@mantine/core'
import { IconPinned, IconPinnedOff, IconRefresh, IconX } from '@tabler/icons-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { MemoryScope, type MarkedPassage, type MemoryState } from '@contract/entities/memory'
import type { StoryId } from '@contract/ids'
import { useCommand, useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { useFormat } from '@renderer/components/format'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { notifyError } from '@renderer/components/notify'
import { Section } from '@renderer/components/Section'
import classes from './StoryMemory.module.css'

/** How far a story is remembered, by what, and what the writer said must or must not be recalled. */
export function StoryMemory({ storyId }: { storyId: StoryId }) {
  const { t } = useTranslation('memory')
  const state = useRoute('memory.state', { storyId })
  const marks = useRoute('memory.marks', { storyId })
  const rebuild = useCommand('memory.rebuild', { onError: notifyError })
  return (
    <Section
      title={t('title')}
      text={t('text')}
      actions={
        state.data &&
        state.data.state !== 'off' && (
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            leftSection={<IconRefresh size={15} stroke={1.6} aria-hidden />}
            loading={rebuild.isPending}
            disabled={state.data.state === 'indexing'}
            onClick={() => rebuild.mutate({ storyId })}
          >
            {t('rebuild')}
          </Button>
        )
      }
    >
      {state.error && <ErrorNotice error={state.error} onRetry={() => void state.refetch()} />}
      {state.isPending && <LoadingRows rows={2} height={24} />}
      {state.data && <Remembered storyId={storyId} memory={state.data} />}
      {marks.data && marks.data.length > 0 && <Marks storyId={storyId} marks={marks.data} />}
    </Section>
  )
}

function Remembered({ storyId, memory }: { storyId: StoryId; memory: MemoryState }) {
  const { t } = useTranslation('memory')
  const { moment } = useFormat()
  const label = useId()
  const setScope = useCommand('memory.setScope', { onError: notifyError })
  const { embedder, problem, nextTryAt, scope } = memory
  const { provider, model } = embedder
  return (
    <>
      <p className={classes.state} role="status">
        {useStateText(memory)}
      </p>
      {problem && <ErrorNotice error={problem} />}
      {nextTryAt && (
        <Text size="sm" c="dimmed">
          {t('nextTry', { when: moment(nextTryAt) })}
        </Text>
      )}
      <Text size="sm" c="dimmed" className={classes.embedder}>
        {embedder.own ? t('own') : t('madeBy', { provider, model })}
        {!embedder.local && <> {t('remote', { provider })}</>}
      </Text>
      <div className={classes.scope}>
        <span id={label}>{t('scope.label')}</span>
        <SegmentedControl
          size="xs"
          aria-labelledby={label}
          value={scope}
          data={MemoryScope.options.map((value) => ({ value, label: t(`scope.${value}`) }))}
          onChange={(value) => setScope.mutate({ storyId, scope: MemoryScope.parse(value) })}
        />
      </div>
    </>
  )
}

function useStateText({ state, passages, chunks, vectors }: MemoryState): string {
  const { t, i18n } = useTranslation('memory')
  if (state === 'ready') return passages === 0 ? t('state.empty') : t('state.ready', { count: passages })
  const share = chunks === 0 ? 0 : vectors / chunks
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 0 }).format(share)
  return t(`state.${state}`, { percent })
}

function Marks({ storyId, marks }: { storyId: StoryId; marks: readonly MarkedPassage[] }) {
  const { t } = useTranslation('memory')
  const setMark = useCommand('memory.mark', { onError: notifyError })
  return (
    <>
      <h3 className={classes.heading}>{t('marks.title')}</h3>
      <ul className={classes.marks}>
        {marks.map(({ messageId, mark, excerpt }) => (
          <li key={messageId} className={classes.mark}>
            {mark === 'pin' ? (
              <IconPinned size={16} stroke={1.6} aria-hidden />
            ) : (
              <IconPinnedOff size={16} stroke={1.6} aria-hidden />
            )}
            <div className={classes.excerpt}>
              <span className={classes.kind}>{t(`marks.${mark}`)}</span>
              <p>{excerpt}</p>
            </div>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('marks.remove', { excerpt: excerpt.slice(0, 40) })}
              onClick={() => setMark.mutate({ storyId, messageId, mark: null })}
            >
              <IconX size={16} stroke={1.6} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ul>
    </>
  )
}
