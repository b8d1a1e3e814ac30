import type { QueryClient } from '@tanstack/react-query'
import { Suspense, useEffect } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import {
  ModelConfigId,
  PresetId,
  ProviderId,
  RoleId,
  ServerId,
  StoryId,
  TemplateId,
  WorldEntryId,
  WorldId,
} from '@contract/ids'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { StoriesScreen } from '@renderer/features/stories/StoriesScreen'
import { prepareStory } from '@renderer/features/writing/prepare-story'
import { lazyScreen, preloadWhenIdle, type Preloadable } from './lazy-screen'
import { proseFonts } from './prose-fonts'
import { StartScreen } from './StartScreen'

const WritingScreen = lazyScreen(async () => (await import('@renderer/features/writing/WritingScreen')).WritingScreen)
const StorySettingsScreen = lazyScreen(
  async () => (await import('@renderer/features/story-settings/StorySettingsScreen')).StorySettingsScreen
)
const StoryWorldScreen = lazyScreen(
  async () => (await import('@renderer/features/story-world/StoryWorldScreen')).StoryWorldScreen
)
const WorldsScreen = lazyScreen(async () => (await import('@renderer/features/worlds/WorldsScreen')).WorldsScreen)
const TemplatesScreen = lazyScreen(
  async () => (await import('@renderer/features/templates/TemplatesScreen')).TemplatesScreen
)
const HistoryScreen = lazyScreen(
  async () => (await import('@renderer/features/templates/use/HistoryScreen')).HistoryScreen
)
const MediaScreen = lazyScreen(async () => (await import('@renderer/features/media/MediaScreen')).MediaScreen)
const PresetsScreen = lazyScreen(async () => (await import('@renderer/features/presets/PresetsScreen')).PresetsScreen)
const ModelsScreen = lazyScreen(async () => (await import('@renderer/features/models/ModelsScreen')).ModelsScreen)
const ProvidersScreen = lazyScreen(
  async () => (await import('@renderer/features/providers/ProvidersScreen')).ProvidersScreen
)
const UsageScreen = lazyScreen(async () => (await import('@renderer/features/usage/UsageScreen')).UsageScreen)
const ServersScreen = lazyScreen(async () => (await import('@renderer/features/servers/ServersScreen')).ServersScreen)
const GatewayScreen = lazyScreen(async () => (await import('@renderer/features/gateway/GatewayScreen')).GatewayScreen)
const SettingsScreen = lazyScreen(
  async () => (await import('@renderer/features/settings/SettingsScreen')).SettingsScreen
)
const BinScreen = lazyScreen(async () => (await import('@renderer/features/bin/BinScreen')).BinScreen)
const GuideScreen = lazyScreen(async () => (await import('@renderer/features/guide/GuideScreen')).GuideScreen)

/** By the first part of their place. The stories are where the app opens: they come with the frame. */
const screens: Record<string, Preloadable> = {
  worlds: WorldsScreen,
  templates: TemplatesScreen,
  media: MediaScreen,
  presets: PresetsScreen,
  models: ModelsScreen,
  providers: ProvidersScreen,
  servers: ServersScreen,
  usage: UsageScreen,
  gateway: GatewayScreen,
  bin: BinScreen,
  settings: SettingsScreen,
  guide: GuideScreen,
}

/** Fetches the screen at a place of the address (`#/stories/…`), so that the first picture of the app already has it. */
export async function preloadScreenAt(hash: string): Promise<void> {
  const [, place = '', id, part] = hash.split('/')
  const parts: Record<string, Preloadable> = { settings: StorySettingsScreen, world: StoryWorldScreen }
  const story = (part === undefined ? undefined : parts[part]) ?? WritingScreen
  const screen = place === 'stories' && id ? story : screens[place]
  // What cannot be fetched now says so where it is shown.
  await screen?.preload().catch(() => undefined)
}

/** Reads what a place is drawn from and fetches its screen; undefined for a place that can be shown at once. */
export function preparePlace(client: QueryClient, place: string): Promise<unknown> | undefined {
  const [, screen, id, part] = place.split('/')
  const story = StoryId.safeParse(id)
  if (screen !== 'stories' || part !== undefined || !story.success) return undefined
  return Promise.all([WritingScreen.preload(), prepareStory(client, story.data)])
}

/** Which screen stands at which place. Their files come while the window is idle, those that open stories first. */
export function Screens() {
  useEffect(
    () =>
      preloadWhenIdle([WritingScreen, proseFonts, StorySettingsScreen, StoryWorldScreen, ...Object.values(screens)]),
    []
  )
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
        <Route path="/stories/:id/world/:entry?">
          {({ id, entry }) => {
            const { data } = StoryId.safeParse(id)
            return data ? (
              <StoryWorldScreen key={data} storyId={data} entryId={WorldEntryId.safeParse(entry).data} />
            ) : (
              <Redirect to="/stories" replace />
            )
          }}
        </Route>
        <Route path="/worlds/:id?/:tab?/:entry?">
          {({ id, tab, entry }) => (
            <WorldsScreen worldId={WorldId.safeParse(id).data} tab={tab} entryId={WorldEntryId.safeParse(entry).data} />
          )}
        </Route>
        <Route path="/templates/history" component={HistoryScreen} />
        <Route path="/templates/:id?/:tab?">
          {({ id, tab }) => <TemplatesScreen templateId={TemplateId.safeParse(id).data} tab={tab} />}
        </Route>
        <Route path="/media" component={MediaScreen} />
        <Route path="/presets/:id?/:tab?">
          {({ id, tab }) => <PresetsScreen presetId={PresetId.safeParse(id).data} tab={tab} />}
        </Route>
        <Route path="/models/:id?">{({ id }) => <ModelsScreen configId={ModelConfigId.safeParse(id).data} />}</Route>
        <Route path="/servers/:id?">{({ id }) => <ServersScreen serverId={ServerId.safeParse(id).data} />}</Route>
        <Route path="/providers/:id?">
          {({ id }) => <ProvidersScreen providerId={ProviderId.safeParse(id).data} />}
        </Route>
        <Route path="/usage" component={UsageScreen} />
        <Route path="/gateway/:tab?">{({ tab }) => <GatewayScreen tab={tab} />}</Route>
        <Route path="/bin" component={BinScreen} />
        <Route path="/settings" component={SettingsScreen} />
        <Route path="/guide" component={GuideScreen} />
        <Route>
          <Redirect to="/stories" replace />
        </Route>
      </Switch>
    </Suspense>
  )
}
