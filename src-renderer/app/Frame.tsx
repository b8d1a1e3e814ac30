import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { MediaLayer } from './MediaLayer'
import { clearErrors } from '@renderer/components/notify'
import { useFocusMode } from '@renderer/stores/ui-focus'
import { Banners } from './Banners'
import { CommandPalette } from './CommandPalette'
import { ErrorBoundary } from './ErrorBoundary'
import { FilesLayer } from './FilesLayer'
import { Rail } from './Rail'
import { Screens } from './Screens'
import { ShortcutsDialog } from './ShortcutsDialog'
import classes from './Frame.module.css'

/** Rail at the left, notices above, the screen in the rest. */
export function Frame() {
  const { t } = useTranslation('frame')
  const [place] = useLocation()
  const focus = useFocusMode((state) => state.on)
  // A screen is one thing that is open: the parts of a preset are one screen.
  const screen = place.split('/').slice(0, 3).join('/')
  return (
    <div className={classes.frame}>
      <a
        className={classes.skip}
        href="#main"
        onClick={(event) => {
          event.preventDefault()
          document.getElementById('main')?.focus()
        }}
      >
        {t('skipToContent')}
      </a>
      {!focus && <Rail />}
      <div className={classes.column}>
        <Banners />
        <main id="main" tabIndex={-1} className={classes.main}>
          <ErrorsOfScreen key={screen} />
          <ErrorBoundary place={place}>
            <Screens />
          </ErrorBoundary>
        </main>
      </div>
      <CommandPalette />
      <ShortcutsDialog />
      <FilesLayer />
      <MediaLayer />
    </div>
  )
}

/** What went wrong on a screen goes with it. */
function ErrorsOfScreen() {
  useEffect(() => clearErrors, [])
  return null
}
