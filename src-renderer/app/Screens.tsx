import { lazy, Suspense } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { PresetId, ProviderId, StoryId } from '@contract/ids'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { StartScreen } from './StartScreen'

const StoriesScreen = lazy(async () => ({
  default: (await import('@renderer/features/stories/StoriesScreen')).StoriesScreen,
}))
const WritingScreen = lazy(async () => ({
  default: (await import('@renderer/features/writing/WritingScreen')).WritingScreen,
}))
const PresetsScreen = lazy(async () => ({
  default: (await import('@renderer/features/presets/PresetsScreen')).PresetsScreen,
}))
const ProvidersScreen = lazy(async () => ({
  default: (await import('@renderer/features/providers/ProvidersScreen')).ProvidersScreen,
}))
const SettingsScreen = lazy(async () => ({
  default: (await import('@renderer/features/settings/SettingsScreen')).SettingsScreen,
}))
const GuideScreen = lazy(async () => ({
  default: (await import('@renderer/features/guide/GuideScreen')).GuideScreen,
}))

/** Which screen stands at which place. Each is loaded when it is first opened. */
export function Screens() {
  return (
    <Suspense fallback={<LoadingRows />}>
      <Switch>
        <Route path="/" component={StartScreen} />
        <Route path="/stories" component={StoriesScreen} />
        {/* A story keeps nothing of the one before it: each has its own composer and scroll. */}
        <Route path="/stories/:id">
          {({ id }) => {
            const { data } = StoryId.safeParse(id)
            return data ? <WritingScreen key={data} storyId={data} /> : <Redirect to="/stories" replace />
          }}
        </Route>
        <Route path="/presets/:id?">{({ id }) => <PresetsScreen presetId={PresetId.safeParse(id).data} />}</Route>
        <Route path="/providers/:id?">
          {({ id }) => <ProvidersScreen providerId={ProviderId.safeParse(id).data} />}
        </Route>
        <Route path="/settings" component={SettingsScreen} />
        <Route path="/guide" component={GuideScreen} />
        <Route>
          <Redirect to="/stories" replace />
        </Route>
      </Switch>
    </Suspense>
  )
}
