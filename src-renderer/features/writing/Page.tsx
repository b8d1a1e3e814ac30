import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconMinimize } from '@tabler/icons-react'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Story } from '@contract/entities/story'
import type { MessageId } from '@contract/ids'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { useFocusMode } from '@renderer/stores/ui-focus'
import { Branches } from './Branches'
import { Composer } from './Composer'
import { Passages } from './Passages'
import { useEdgeKeys } from './use-edge-keys'
import { useFollowEnd } from './use-follow-end'
import { useShowTarget } from './use-show-target'
import { SelectionMenu } from './SelectionMenu'
import { TurnAnnouncer } from './TurnAnnouncer'
import { TurnEnd } from './TurnEnd'
import { TurnLine } from './TurnLine'
import { useBranch } from './use-branch'
import { useDropEndedTurn, useTurnRunning } from './use-turn'
import { useTurnCommands } from './use-turn-commands'
import { useEscape } from './use-escape'
import { useVirtualPassages } from './use-virtual-passages'
import { WritingContext } from './writing-context'
import classes from './WritingScreen.module.css'

export interface PageProps {
  story: Story
  /** Escape was pressed and nothing on the page wanted it. */
  onEscape: () => void
}

/** The text of a story, with the composer at its foot. */
export function Page({ story, onEscape }: PageProps) {
  const { t } = useTranslation('writing')
  const composer = useRef<HTMLTextAreaElement>(null)
  const focus = useFocusMode((state) => state.on)
  const { scroller, content, away, toEnd, follow, stay } = useFollowEnd()
  const shown = useVirtualPassages(story.id, scroller, follow)
  const { passages, virtual } = shown
  const { end, error, refetch } = passages
  const last = end?.at(-1)
  const commands = useTurnCommands(story.id, last)
  const { retry, retryAt, revise, goOn, stop } = commands
  const branchAt = useBranch(toEnd)
  const running = useTurnRunning(story.id)
  useDropEndedTurn(story.id, end)

  useShowTarget(story.id, end !== undefined, { virtual, stay, scroller })
  const toStart = useCallback(() => {
    stay()
    virtual.scrollToIndex(0, { align: 'start' })
  }, [virtual, stay])
  useEdgeKeys({ toStart, toEnd })

  useEffect(() => {
    composer.current?.focus({ preventScroll: true })
    return () => useFocusMode.getState().setOn(false)
  }, [])

  useEscape(() => {
    if (running) stop()
    else if (focus) useFocusMode.getState().setOn(false)
    else onEscape()
  })

  // The button that asked is switched off while the turn runs: the focus goes where the next key belongs.
  const writing = useMemo(() => {
    const focusComposer = () => composer.current?.focus({ preventScroll: true })
    const andFocus = (act: () => void) => () => {
      act()
      focusComposer()
    }
    return {
      storyId: story.id,
      retry: andFocus(retry),
      retryAt: (id: MessageId) => andFocus(() => retryAt(id))(),
      branchAt: (id: MessageId) => andFocus(() => branchAt(id))(),
      revise: (word: string) => andFocus(() => revise(word))(),
      goOn: andFocus(goOn),
      focusComposer,
    }
  }, [story.id, retry, retryAt, branchAt, revise, goOn])

  return (
    <WritingContext value={writing}>
      <div className={classes.page}>
        {focus && (
          <Tooltip label={t('header.leaveFocus')}>
            <ActionIcon
              className={classes.leaveFocus}
              variant="subtle"
              color="gray"
              size={32}
              aria-label={t('header.leaveFocus')}
              onClick={() => useFocusMode.getState().setOn(false)}
            >
              <IconMinimize size={18} stroke={1.5} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
        <div className={classes.scroller} ref={scroller}>
          <div className={classes.content} ref={content}>
            <div className={classes.text} lang={story.language} data-story-text>
              {error && !end && <ErrorNotice error={error} onRetry={refetch} />}
              {!end && !error && <LoadingRows rows={5} height={90} />}
              {end && !last && !running && <p className={classes.opening}>{t('page.empty')}</p>}
              {end && <Passages storyId={story.id} {...shown} />}
              <TurnLine storyId={story.id} />
              <TurnEnd storyId={story.id} last={last} starting={commands.starting} />
              {last?.goesOn !== undefined && !running && <Branches storyId={story.id} />}
            </div>
            <div className={classes.dock}>
              {away && (
                <div className={classes.edges}>
                  <Button
                    variant="default"
                    size="xs"
                    radius="xl"
                    leftSection={<IconArrowUp size={14} aria-hidden />}
                    onClick={toStart}
                  >
                    {t('page.toStart')}
                  </Button>
                  <Button
                    variant="default"
                    size="xs"
                    radius="xl"
                    leftSection={<IconArrowDown size={14} aria-hidden />}
                    onClick={toEnd}
                  >
                    {t('page.toEnd')}
                  </Button>
                </div>
              )}
              <Composer story={story} last={last} commands={commands} field={composer} onSent={toEnd} />
            </div>
          </div>
        </div>
        <SelectionMenu storyId={story.id} />
        <TurnAnnouncer storyId={story.id} last={last} />
      </div>
    </WritingContext>
  )
}
