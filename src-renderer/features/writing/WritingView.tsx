import { VisuallyHidden } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, type CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import type { Story } from '@contract/entities/story'
import { usePreferences } from '@renderer/components/use-preferences'
import { useSaveOnLeave } from '@renderer/components/use-saves'
import { useFocusMode } from '@renderer/stores/ui-focus'
import { useInspector } from '@renderer/stores/ui-inspector'
import { CastPanel } from './CastPanel'
import { Inspector } from '@renderer/domain/inspector/Inspector'
import { Page } from './Page'
import { passageSaves } from './passage-saves'
import { SummariesPanel } from './SummariesPanel'
import { useStoryUndo } from './use-story-undo'
import { WritingHeader } from './WritingHeader'
import classes from './WritingScreen.module.css'

/** Header, page and cast of one story. */
export function WritingView({ story }: { story: Story }) {
  const { t } = useTranslation('writing')
  const step = useStoryUndo(story.id)
  useSaveOnLeave(passageSaves(useQueryClient(), story.id))
  const [preferences, setPreferences] = usePreferences()
  const focus = useFocusMode((state) => state.on)
  // Where the page would become too narrow, the cast lies over it, and only for as long as it is asked for.
  const narrow = useMediaQuery('(max-width: 1080px)', false, { getInitialValueInEffect: false })
  const [overlay, setOverlay] = useState(false)
  const shown = useInspector((state) => (state.shown?.storyId === story.id ? state.shown : null))
  const castOpen = narrow ? overlay : preferences.castOpen
  useEffect(() => useInspector.getState().close, [])
  const toggleCast = () => (narrow ? setOverlay(!overlay) : setPreferences({ castOpen: !castOpen }))

  const type: CSSProperties & Record<`--prose-${'size' | 'line' | 'measure'}`, string> = {
    '--prose-size': `${preferences.proseSize}px`,
    '--prose-line': `${Math.round(preferences.proseSize * 1.65)}px`,
    // A letter of Literata is about half as wide as it is high, in Latin and in Cyrillic.
    '--prose-measure': `${Math.round(preferences.measure * preferences.proseSize * 0.5)}px`,
  }

  return (
    <div className={classes.screen} style={type}>
      <section className={classes.main} aria-label={t('page.region', { title: story.title })}>
        {focus && <VisuallyHidden component="h1">{story.title}</VisuallyHidden>}
        {!focus && (
          <WritingHeader
            story={story}
            castOpen={castOpen}
            onToggleCast={toggleCast}
            onStep={(direction) => void step(direction)}
          />
        )}
        <Page
          story={story}
          onEscape={() => {
            if (shown) useInspector.getState().close()
            else setOverlay(false)
          }}
        />
      </section>
      {!focus && shown?.kind === 'summaries' && <SummariesPanel storyId={story.id} overlay={narrow} />}
      {!focus && shown && shown.kind !== 'summaries' && (
        <Inspector key={shown.kind === 'turn' ? shown.turnId : shown.kind} shown={shown} overlay={narrow} />
      )}
      {!focus && !shown && castOpen && <CastPanel story={story} overlay={narrow} onClose={toggleCast} />}
    </div>
  )
}
