import type { z } from 'zod'
import { appRoutes } from './routes/app'
import { backupRoutes } from './routes/backups'
import { batchRoutes } from './routes/batches'
import { binRoutes } from './routes/bin'
import { fileRoutes } from './routes/files'
import { gatewayRoutes } from './routes/gateway'
import { generationRoutes } from './routes/generations'
import { jobRoutes } from './routes/jobs'
import { mediaRoutes, mediaVoiceRoutes } from './routes/media'
import { memoryRoutes } from './routes/memory'
import { modelRoutes } from './routes/models'
import { presetRoutes } from './routes/presets'
import { promptRoutes } from './routes/prompts'
import { providerRoutes } from './routes/providers'
import { serverRoutes } from './routes/servers'
import { stageRoutes } from './routes/stages'
import { storyRoutes } from './routes/stories'
import { summaryRoutes } from './routes/summaries'
import { templateRoutes } from './routes/templates'
import { updateRoutes } from './routes/updates'
import { usageRoutes } from './routes/usage'
import { vaultRoutes } from './routes/vault'
import { worldRoutes } from './routes/worlds'

/** Everything the renderer can ask of main. */
export const routes = {
  ...appRoutes,
  ...backupRoutes,
  ...vaultRoutes,
  ...providerRoutes,
  ...modelRoutes,
  ...serverRoutes,
  ...jobRoutes,
  ...presetRoutes,
  ...promptRoutes,
  ...binRoutes,
  ...fileRoutes,
  ...stageRoutes,
  ...storyRoutes,
  ...summaryRoutes,
  ...memoryRoutes,
  ...mediaRoutes,
  ...mediaVoiceRoutes,
  ...worldRoutes,
  ...templateRoutes,
  ...generationRoutes,
  ...batchRoutes,
  ...updateRoutes,
  ...usageRoutes,
  ...gatewayRoutes,
}

export type Routes = typeof routes
export type RouteName = keyof Routes
/** What a caller passes: fields with a default may be left out. */
export type RouteInput<Name extends RouteName> = z.input<Routes[Name]['input']>
/** What a handler gets: checked, with defaults filled in. */
export type ParsedInput<Name extends RouteName> = z.output<Routes[Name]['input']>
export type RouteOutput<Name extends RouteName> = z.output<Routes[Name]['output']>

export const isRouteName = (name: string): name is RouteName => Object.hasOwn(routes, name)
