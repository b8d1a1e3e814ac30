import { createCanvas, loadImage } from '@napi-rs/canvas'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Pixels. Linux takes each as a file. */
export const LINUX_SIZES = [16, 24, 32, 48, 64, 96, 128, 256, 512]

const WINDOWS_SIZES = [16, 20, 24, 32, 40, 48, 64, 128, 256]

/** By their type in an `.icns` file; those of screens with twice the pixels among them. */
const APPLE_SIZES: readonly [type: string, pixels: number][] = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
]

/** Apple's template leaves a margin around the tile, for its shadow. */
const APPLE_TILE = 824 / 1024

/** Draws the icon in all sizes: PNG files in `linux/`, `icon.ico` and `icon.icns`. */
export async function makeIcons(svgFile: string, folder: string): Promise<void> {
  const svg = readFileSync(svgFile, 'utf8')
  mkdirSync(join(folder, 'linux'), { recursive: true })
  for (const size of LINUX_SIZES) writeFileSync(join(folder, 'linux', `${size}x${size}.png`), await draw(svg, size))
  writeFileSync(
    join(folder, 'icon.ico'),
    ico(await Promise.all(WINDOWS_SIZES.map(async (size) => ({ size, png: await draw(svg, size) }))))
  )
  writeFileSync(
    join(folder, 'icon.icns'),
    icns(
      await Promise.all(APPLE_SIZES.map(async ([type, pixels]) => ({ type, png: await draw(svg, pixels, APPLE_TILE) })))
    )
  )
}

/** @param part of the width that the drawing takes, in the middle */
async function draw(svg: string, size: number, part = 1): Promise<Buffer> {
  const inner = Math.round(size * part)
  const image = await loadImage(Buffer.from(svg.replace('<svg ', `<svg width="${inner}" height="${inner}" `)))
  const canvas = createCanvas(size, size)
  const margin = Math.round((size - inner) / 2)
  canvas.getContext('2d').drawImage(image, margin, margin, inner, inner)
  return canvas.toBuffer('image/png')
}

/** https://learn.microsoft.com/windows/win32/menurc/newheader: a table of PNG files, which Windows reads since Vista. */
export function ico(images: readonly { size: number; png: Buffer }[]): Buffer {
  const head = Buffer.alloc(6 + 16 * images.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(images.length, 4)
  let offset = head.length
  for (const [index, { size, png }] of images.entries()) {
    const at = 6 + 16 * index
    // A side of 256 is written as 0.
    head.writeUInt8(size % 256, at)
    head.writeUInt8(size % 256, at + 1)
    head.writeUInt16LE(1, at + 4)
    head.writeUInt16LE(32, at + 6)
    head.writeUInt32LE(png.length, at + 8)
    head.writeUInt32LE(offset, at + 12)
    offset += png.length
  }
  return Buffer.concat([head, ...images.map(({ png }) => png)])
}

/** Apple's container: a type of four letters and a length, which counts both, before each PNG file and before all of them. */
export function icns(images: readonly { type: string; png: Buffer }[]): Buffer {
  const block = (type: string, body: Buffer) => {
    const head = Buffer.alloc(8)
    head.write(type, 'latin1')
    head.writeUInt32BE(8 + body.length, 4)
    return Buffer.concat([head, body])
  }
  return block('icns', Buffer.concat(images.map(({ type, png }) => block(type, png))))
}
