import { Redirect } from 'wouter'
import { useRoute } from '@renderer/api/queries'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { usePreferences } from '@renderer/components/use-preferences'

/** Where the app opens: the guide for someone new, the stories for everyone else. */
export function StartScreen() {
  const [preferences] = usePreferences()
  const stories = useRoute('stories.count', {}, { enabled: !preferences.guideDone })
  if (preferences.guideDone || stories.isError) return <Redirect to="/stories" replace />
  if (stories.isPending) return <LoadingRows />
  return <Redirect to={stories.data === 0 ? '/guide' : '/stories'} replace />
}
