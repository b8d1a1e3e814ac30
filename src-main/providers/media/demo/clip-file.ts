import { setImmediate as turn } from 'node:timers/promises'
import { CLIP_SIZE, drawScene, sceneOf } from './draw-scene'
import { openFrameEncoder } from './frame-encoder'
import { webmFile } from './webm-file'

/** Pictures of the film, and how many of them are shown in a second. */
export const CLIP = { frames: 48, perSecond: 12 } as const

/** A scene as a WebM film. Each picture is drawn in its own turn, so that nothing else waits for the whole of it. */
export async function clipFile(text: string, signal: AbortSignal): Promise<Response> {
  const encode = await openFrameEncoder()
  const scene = sceneOf(text)
  const frames: Uint8Array[] = []
  for (let index = 0; index < CLIP.frames; index += 1) {
    await turn(undefined, { signal })
    frames.push(encode(drawScene(scene, index / CLIP.frames), CLIP_SIZE))
  }
  const file = webmFile({ ...CLIP_SIZE, frameMs: 1000 / CLIP.perSecond, frames })
  return new Response(new Uint8Array(file), {
    headers: { 'content-type': 'video/webm', 'content-length': String(file.length) },
  })
}
