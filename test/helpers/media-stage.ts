import type { Media } from '@contract/entities/media'
import { StageId, type MediaId } from '@contract/ids'
import type { RouteInput } from '@contract/routes'
import type { JsonObject } from '@contract/values'
import type { TestCore } from './test-core'
import { providerOf } from './test-story'

export const SONG = StageId.parse('song')
export const CLIP = StageId.parse('clip')

/** Gives a stage the Demo, which takes no time unless said. */
export const useDemo = async (app: TestCore, stage: StageId, settings: JsonObject = { seconds: 0 }): Promise<void> => {
  const { id } = await providerOf(app, 'demo')
  await app.ask('stages.save', { id: stage, providerId: id, key: null, model: null, settings })
}

/** A request for what belongs to no story. */
export const request = (stage: StageId, more: Partial<RouteInput<'media.make'>> = {}): RouteInput<'media.make'> => ({
  stage,
  storyId: null,
  messageId: null,
  sourceId: null,
  text: 'The river sleeps,\nthe lantern burns,\nand somebody comes home.',
  ...more,
})

/** What came of something, once it is over. */
export async function ended(app: TestCore, id: MediaId): Promise<Media> {
  for (;;) {
    const changed = nextChange(app)
    const media = await app.ask('media.get', { id })
    if (media.state !== 'waiting' && media.state !== 'running') return media
    await changed
  }
}

const nextChange = (app: TestCore): Promise<void> =>
  new Promise((resolve) => {
    const stop = app.core.subscribe(({ name }) => {
      if (name !== 'data.changed') return
      stop()
      resolve()
    })
  })

/** Makes something and waits for its end. */
export const made = async (app: TestCore, input: RouteInput<'media.make'>): Promise<Media> =>
  ended(app, (await app.ask('media.make', input)).id)
