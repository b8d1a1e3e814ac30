import { lazy, Suspense } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { ModelConfigId, PresetId, ProviderId, RoleId, ServerId, StoryId } from '@contract/ids'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { StartScreen } from './StartScreen'

const StoriesScreen = lazy(async () => ({
  default: (await import('@renderer/features/stories/StoriesScreen')).StoriesScreen,
}))
const WritingScreen = lazy(async () => ({
  default: (await import('@renderer/features/writing/WritingScreen')).WritingScreen,
}))
const StorySettingsScreen = lazy(async () => ({
  default: (await import('@renderer/features/story-settings/StorySettingsScreen')).StorySettingsScreen,
}))
const PresetsScreen = lazy(async () => ({
  default: (await import('@renderer/features/presets/PresetsScreen')).PresetsScreen,
}))
const ModelsScreen = lazy(async () => ({
  default: (await import('@renderer/features/models/ModelsScreen')).ModelsScreen,
}))
const ProvidersScreen = lazy(async () => ({
  default: (await import('@renderer/features/providers/ProvidersScreen')).ProvidersScreen,
}))
const UsageScreen = lazy(async () => ({
  default: (await import('@renderer/features/usage/UsageScreen')).UsageScreen,
}))
const ServersScreen = lazy(async () => ({
  default: (await import('@renderer/features/servers/ServersScreen')).ServersScreen,
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
        <Route path="/stories/:id/settings/:role?">
          {({ id, role }) => {
            const { data } = StoryId.safeParse(id)
            return data ? (
              <StorySettingsScreen key={data} storyId={data} role={RoleId.safeParse(role).data} />
            ) : (
              <Redirect to="/stories" replace />
            )
          }}
        </Route>
        <Route path="/presets/:id?/:tab?">
          {({ id, tab }) => <PresetsScreen presetId={PresetId.safeParse(id).data} tab={tab} />}
        </Route>
        <Route path="/models/:id?">{({ id }) => <ModelsScreen configId={ModelConfigId.safeParse(id).data} />}</Route>
        <Route path="/servers/:id?">{({ id }) => <ServersScreen serverId={ServerId.safeParse(id).data} />}</Route>
        <Route path="/providers/:id?">
          {({ id }) => <ProvidersScreen providerId={ProviderId.safeParse(id).data} />}
        </Route>
        <Route path="/usage" component={UsageScreen} />
        <Route path="/settings" component={SettingsScreen} />
        <Route path="/guide" component={GuideScreen} />
        <Route>
          <Redirect to="/stories" replace />
        </Route>
      </Switch>
    </Suspense>
  )
}
