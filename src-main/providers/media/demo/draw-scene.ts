import { hashText, seededRandom, type Random } from '@main/providers/protocols/demo/seeded-random'

/** Pixels. */
export const CLIP_SIZE = { width: 320, height: 180 } as const

type Colour = readonly [red: number, green: number, blue: number]

/** Four bytes for each pixel: red, green, blue, and how much it covers. */
export type Picture = Uint8ClampedArray<ArrayBuffer>

interface Mood {
  above: Colour
  below: Colour
  light: Colour
  ground: Colour
}

const moods: readonly Mood[] = [
  { above: [18, 22, 58], below: [88, 62, 120], light: [244, 238, 214], ground: [22, 20, 42] },
  { above: [92, 150, 206], below: [236, 226, 196], light: [255, 232, 150], ground: [58, 92, 70] },
  { above: [214, 108, 84], below: [250, 206, 140], light: [255, 246, 214], ground: [74, 44, 62] },
  { above: [64, 84, 100], below: [170, 184, 190], light: [236, 240, 242], ground: [44, 58, 62] },
]

interface Hills {
  /** Of the height of the picture, from the top. */
  level: number
  waves: readonly { length: number; height: number; shift: number }[]
  /** Pixels in the whole film. */
  speed: number
}

interface Spark {
  x: number
  y: number
  speed: number
  size: number
}

/** A landscape with a light that rises and hills that pass, in colours and shapes of its own for each scene. */
export interface Scene {
  mood: Mood
  hills: readonly Hills[]
  sparks: readonly Spark[]
}

export function sceneOf(text: string): Scene {
  const random = seededRandom(hashText(text))
  return {
    mood: moods[Math.floor(random() * moods.length)] ?? {
      above: [0, 0, 0],
      below: [0, 0, 0],
      light: [0, 0, 0],
      ground: [0, 0, 0],
    },
    hills: [0.62, 0.74, 0.86].map((level, index) => hillsAt(level, (index + 1) * 60, random)),
    sparks: Array.from({ length: 40 }, () => ({
      x: random() * CLIP_SIZE.width,
      y: random() * CLIP_SIZE.height * 0.7,
      speed: 10 + random() * 40,
      size: 1 + Math.floor(random() * 2),
    })),
  }
}

const hillsAt = (level: number, speed: number, random: Random): Hills => ({
  level,
  speed,
  waves: [160, 70, 33].map((length) => ({ length, height: length / 12, shift: random() * Math.PI * 2 })),
})

/** @param time how far the film is, from 0 to 1 */
export function drawScene({ mood, hills, sparks }: Scene, time: number): Picture {
  const { width, height } = CLIP_SIZE
  const picture: Picture = new Uint8ClampedArray(width * height * 4)
  const sun = {
    x: width * (0.2 + 0.6 * time),
    y: height * (0.5 - 0.28 * Math.sin(Math.PI * (0.15 + 0.7 * time))),
    radius: 17,
  }
  for (let y = 0; y < height; y += 1) {
    const sky = mixed(mood.above, mood.below, y / height)
    for (let x = 0; x < width; x += 1) {
      const away = Math.hypot(x - sun.x, y - sun.y)
      const glow = away < sun.radius ? 1 : Math.max(0, 0.5 - (away - sun.radius) / 90) * 0.8
      put(picture, x, y, mixed(sky, mood.light, glow))
    }
  }
  for (const { x, y, speed, size } of sparks) {
    const now = { x: Math.floor(x + speed * time) % width, y: Math.floor(y + speed * 0.4 * time) % height }
    for (let dx = 0; dx < size; dx += 1)
      put(picture, Math.min(width - 1, now.x + dx), now.y, mixed(mood.above, mood.light, 0.8))
  }
  for (const [index, one] of hills.entries()) {
    const colour = mixed(mood.below, mood.ground, 0.45 + (index * 0.55) / (hills.length - 1))
    for (let x = 0; x < width; x += 1)
      for (let y = skyline(one, x, time); y < height; y += 1) put(picture, x, y, colour)
  }
  return picture
}

const skyline = ({ level, waves, speed }: Hills, x: number, time: number): number =>
  Math.max(
    0,
    Math.round(
      waves.reduce(
        (y, { length, height, shift }) => y - height * Math.sin(((x + speed * time) * 2 * Math.PI) / length + shift),
        level * CLIP_SIZE.height
      )
    )
  )

const mixed = (one: Colour, other: Colour, share: number): Colour => [
  one[0] + (other[0] - one[0]) * share,
  one[1] + (other[1] - one[1]) * share,
  one[2] + (other[2] - one[2]) * share,
]

export function put(picture: Picture, x: number, y: number, [red, green, blue]: Colour): void {
  const at = (y * CLIP_SIZE.width + x) * 4
  picture[at] = red
  picture[at + 1] = green
  picture[at + 2] = blue
  picture[at + 3] = 255
}
