import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'

/** Of this length and less, in bytes, a text is not worth packing. */
export const WORTH_PACKING = 300

/** The best quality, 11, takes a fifth off what 5 leaves of a passage, and fifteen times as long. */
const QUALITY = 5

/** Brotli rather than deflate: it knows common words of English and Russian, which counts in texts as short as passages. */
export const pack = (text: string): Buffer =>
  brotliCompressSync(text, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: QUALITY,
    },
  })

export const unpack = (packed: Buffer): string => brotliDecompressSync(packed).toString('utf8')
