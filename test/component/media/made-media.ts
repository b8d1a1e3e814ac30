import { demo, openRouter, token } from '@test/component/sample-data'
import type { Media, MediaFile, MediaSummary } from '@contract/entities/media'
import type { StageView } from '@contract/entities/stage'
import { MediaId, StageId } from '@contract/ids'
import type { Handlers } from '@test/component/in-memory-bridge'

export const mediaId = (count: number) => MediaId.parse(`01990000-0090-7000-8000-${String(count).padStart(12, '0')}`)
export const stageId = (name: string) => StageId.parse(name)
export const now = '2026-03-01T12:40:00.000Z'

const names = {
  poem: { kind: 'chat', en: 'Poem', ru: 'Стихи' },
  voice: { kind: 'speech', en: 'Voice', ru: 'Голос' },
  song: { kind: 'music', en: 'Song', ru: 'Песня' },
  clip: { kind: 'video', en: 'Clip', ru: 'Клип' },
} as const

/** A stage as main tells it, of which nothing was chosen. */
export const stage = (id: keyof typeof names, part: Partial<StageView> = {}): StageView => ({
  id: stageId(id),
  kind: names[id].kind,
  name: { en: names[id].en, ru: names[id].ru },
  help: { en: `Makes a ${names[id].en.toLowerCase()}.`, ru: `Делает: ${names[id].ru}.` },
  providers: [openRouter, demo].map((provider) => ({
    providerId: provider.id,
    settingsSchema: {
      type: 'object',
      properties: { voice: { type: 'string' }, speed: { type: 'number', title: { en: 'Pace', ru: 'Темп' } } },
    },
  })),
  choice: null,
  status: 'unknown',
  problem: null,
  models: [],
  listedAt: null,
  ...part,
})

export const listedModel = (model: string, part: Partial<StageView['models'][number]> = {}) => ({
  model,
  name: model,
  voices: null,
  price: null,
  longestText: null,
  ...part,
})

/** The voice that OpenRouter makes with the key “home”. */
export const spoken: Partial<StageView> = {
  choice: { providerId: openRouter.id, tokenId: token().id, model: 'tts-one', settings: { voice: 'alloy' } },
  status: 'active',
  models: [
    listedModel('tts-one', {
      voices: [
        { id: 'alloy', name: 'Alloy', languages: [] },
        { id: 'nova', name: 'Nova', languages: [] },
      ],
    }),
    listedModel('tts-two', { voices: [] }),
  ],
  listedAt: now,
}

export const fourStages = (voice: Partial<StageView> = {}): StageView[] => [
  stage('poem'),
  stage('voice', voice),
  stage('song'),
  stage('clip'),
]

export const wav: MediaFile = {
  hash: 'a'.repeat(64),
  type: 'audio/wav',
  bytes: 64_000,
  durationMs: 80_000,
  channels: 1,
  sampleRate: 24_000,
  width: null,
  height: null,
}

export const summary = (count: number, part: Partial<MediaSummary> = {}): MediaSummary => ({
  id: mediaId(count),
  stage: stageId('voice'),
  title: `Voice ${count}`,
  state: 'complete',
  error: null,
  storyId: null,
  storyTitle: null,
  messageId: null,
  sourceId: null,
  provider: 'Demo',
  model: 'reader',
  tokenName: null,
  file: wav,
  cost: 0.02,
  costSource: null,
  jobId: null,
  createdAt: now,
  excerpt: 'The lamp went out.',
  ...part,
})

export const whole = ({ excerpt, ...told }: MediaSummary, part: Partial<Media> = {}): Media => ({
  ...told,
  text: excerpt,
  words: '',
  settings: {},
  parts: [],
  sentences: [],
  peaks: [0.2, 0.8, 0.5],
  ...part,
})

/** Answers of a main that keeps these, and makes what it is asked for. */
export const keptMedia = (kept: MediaSummary[], details: (one: MediaSummary) => Media = whole): Handlers => ({
  'media.list': ({ ids, stage: of, storyId, search }) =>
    kept.filter(
      (one) =>
        (ids === undefined || ids.includes(one.id)) &&
        (of === undefined || one.stage === of) &&
        (storyId === undefined || one.storyId === storyId) &&
        (search === undefined || one.title.includes(search))
    ),
  'media.get': ({ id }) => {
    const found = kept.find((one) => one.id === id)
    if (!found) throw new Error('There is no such media')
    return details(found)
  },
  'media.voices': () => [],
})
