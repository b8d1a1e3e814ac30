import 'i18next'
import type bin from '@resources/locales/en/bin.json'
import type common from '@resources/locales/en/common.json'
import type context from '@resources/locales/en/context.json'
import type errors from '@resources/locales/en/errors.json'
import type files from '@resources/locales/en/files.json'
import type frame from '@resources/locales/en/frame.json'
import type gateway from '@resources/locales/en/gateway.json'
import type generations from '@resources/locales/en/generations.json'
import type guide from '@resources/locales/en/guide.json'
import type media from '@resources/locales/en/media.json'
import type memory from '@resources/locales/en/memory.json'
import type inspector from '@resources/locales/en/inspector.json'
import type models from '@resources/locales/en/models.json'
import type presets from '@resources/locales/en/presets.json'
import type prompts from '@resources/locales/en/prompts.json'
import type providers from '@resources/locales/en/providers.json'
import type servers from '@resources/locales/en/servers.json'
import type settings from '@resources/locales/en/settings.json'
import type stories from '@resources/locales/en/stories.json'
import type storySettings from '@resources/locales/en/story-settings.json'
import type templates from '@resources/locales/en/templates.json'
import type usage from '@resources/locales/en/usage.json'
import type vault from '@resources/locales/en/vault.json'
import type worlds from '@resources/locales/en/worlds.json'
import type writing from '@resources/locales/en/writing.json'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: {
      bin: typeof bin
      common: typeof common
      context: typeof context
      errors: typeof errors
      files: typeof files
      frame: typeof frame
      gateway: typeof gateway
      generations: typeof generations
      guide: typeof guide
      media: typeof media
      memory: typeof memory
      inspector: typeof inspector
      models: typeof models
      presets: typeof presets
      prompts: typeof prompts
      providers: typeof providers
      servers: typeof servers
      settings: typeof settings
      stories: typeof stories
      'story-settings': typeof storySettings
      templates: typeof templates
      usage: typeof usage
      vault: typeof vault
      worlds: typeof worlds
      writing: typeof writing
    }
  }
}
