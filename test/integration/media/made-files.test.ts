import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { readMp3 } from '@main/features/media/read-mp3'
import { readFlac } from '@main/features/media/read-flac'
import { readMp4 } from '@main/features/media/read-mp4'
import { readOgg } from '@main/features/media/read-ogg'
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
  ['song.flac', readFlac, ['-c:a', 'flac'], { channels: 2, sampleRate: 44_100, durationMs: 2000 }],
  ['vorbis.ogg', readOgg, ['-c:a', 'libvorbis'], { channels: 2, sampleRate: 44_100, durationMs: 2000 }],
  ['opus.ogg', readOgg, ['-c:a', 'libopus', '-b:a', '64k'], { channels: 2, sampleRate: 48_000 }],
  ['flac.ogg', readOgg, ['-c:a', 'flac', '-f', 'ogg'], { channels: 2, sampleRate: 44_100, durationMs: 2000 }],
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

it.each([
  // A FLAC says at its beginning how long it was; an Ogg is as long as its last page.
  ['song.flac', readFlac, ['-c:a', 'flac'], { least: 4000, most: 4000 }],
  ['song.ogg', readOgg, ['-c:a', 'libopus'], { least: 900, most: 3600 }],
])('a file that was cut off says no more than it can know: %s', async (name, read, coding, { least, most }) => {
  const path = join(folder(), name)
  execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', 'sine=duration=4', ...coding, path])
  const whole = readFileSync(path)
  const said = async (bytes: Uint8Array) => {
    writeFileSync(path, bytes)
    const file = await open(path, 'r')
    try {
      return await read(file)
    } finally {
      await file.close()
    }
  }
  for (const length of [0, 4, 20, 40]) expect((await said(whole.subarray(0, length))).durationMs).toBeUndefined()
  const half = await said(whole.subarray(0, Math.round(whole.length * 0.6)))
  expect(half.durationMs).toBeGreaterThanOrEqual(least)
  expect(half.durationMs).toBeLessThanOrEqual(most)
  // Bytes that look like a page amid sound are none.
  const strange = await said(Buffer.concat([whole, Buffer.from('OggS'), Buffer.alloc(40, 255)]))
  expect(strange.durationMs).toBeGreaterThan(3900)
  expect(strange.durationMs).toBeLessThan(4100)
})
