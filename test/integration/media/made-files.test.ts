import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { readMp3 } from '@main/features/media/read-mp3'
import { readMp4 } from '@main/features/media/read-mp4'
import { CLIP, ended, request, SONG, useDemo } from '@test/helpers/media-stage'
import { startTestCore } from '@test/helpers/test-core'

/** What ffprobe finds in a file, having decoded all of it. */
function probed(file: string) {
  const args = ['-v', 'error', '-count_frames', '-show_streams', '-show_format', '-of', 'json', file]
  const { streams, format } = JSON.parse(execFileSync('ffprobe', args, { encoding: 'utf8' }))
  const [stream] = streams
  return { stream, streams: streams.length, durationMs: Math.round(Number(format.duration) * 1000) }
}
const folder = () => {
  const path = mkdtempSync(join(tmpdir(), 'fabula-made-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

it("the Demo's song and clip are what the app says, to a decoder that knows nothing of it", async () => {
  const app = await startTestCore()
  onTestFinished(() => app.close())
  await useDemo(app, SONG)
  await useDemo(app, CLIP)
  const [song, clip] = await Promise.all([app.ask('media.make', request(SONG)), app.ask('media.make', request(CLIP))])

  const { file: sound } = await ended(app, song.id)
  const heard = probed(join(app.dataDir, 'media', sound?.hash ?? ''))
  expect(heard).toMatchObject({ streams: 1, stream: { codec_name: 'pcm_s16le' } })
  expect({
    durationMs: heard.durationMs,
    channels: heard.stream.channels,
    sampleRate: Number(heard.stream.sample_rate),
  }).toEqual({ durationMs: sound?.durationMs, channels: sound?.channels, sampleRate: sound?.sampleRate })

  const { file: film } = await ended(app, clip.id)
  const seen = probed(join(app.dataDir, 'media', film?.hash ?? ''))
  expect(seen).toMatchObject({ streams: 1, stream: { codec_name: 'vp8', nb_read_frames: '48', r_frame_rate: '12/1' } })
  expect({ durationMs: seen.durationMs, width: seen.stream.width, height: seen.stream.height }).toEqual({
    durationMs: film?.durationMs,
    width: film?.width,
    height: film?.height,
  })
  expect(film).toMatchObject({ durationMs: 4000, width: 320, height: 180, channels: null })
})

it.each([
  ['song.mp3', readMp3, ['-c:a', 'libmp3lame', '-b:a', '96k'], { channels: 2, sampleRate: 44_100 }],
  ['film.mp4', readMp4, ['-c:a', 'aac', '-f', 'mp4'], { channels: 2, sampleRate: 44_100 }],
])('a file of others says how long it is: %s', async (name, read, coding, facts) => {
  const path = join(folder(), name)
  execFileSync('ffmpeg', [
    '-v',
    'error',
    '-f',
    'lavfi',
    '-i',
    'sine=duration=2:sample_rate=44100',
    '-ac',
    '2',
    ...coding,
    path,
  ])
  const file = await open(path, 'r')
  onTestFinished(() => file.close())
  const said = await read(file)
  expect(said).toMatchObject(facts)
  expect(said.durationMs).toBeGreaterThan(1900)
  expect(said.durationMs).toBeLessThan(2150)
})
