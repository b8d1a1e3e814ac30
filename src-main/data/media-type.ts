/** How many of the first bytes tell what a file is. */
export const TELLING_BYTES = 64

/**
 * What sound or film a file is, by its first bytes; null for what is neither, or what no player of ours knows.
 *
 * @see https://mimesniff.spec.whatwg.org/#matching-an-audio-or-video-type-pattern
 */
export function mediaType(bytes: Uint8Array): string | null {
  const text = (from: number, to: number) => Buffer.from(bytes.subarray(from, to)).toString('latin1')
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WAVE') return 'audio/wav'
  if (text(0, 3) === 'ID3') return 'audio/mpeg'
  if (text(0, 4) === 'OggS') return 'audio/ogg'
  if (text(0, 4) === 'fLaC') return 'audio/flac'
  if (bytes[0] === 0x1a && bytes[1] === 0x45 && bytes[2] === 0xdf && bytes[3] === 0xa3)
    return text(0, TELLING_BYTES).includes('webm') ? 'video/webm' : null
  if (text(4, 8) === 'ftyp') return /^M4[AB] /.test(text(8, 12)) ? 'audio/mp4' : 'video/mp4'
  return isMpegFrame(bytes) ? 'audio/mpeg' : null
}

/** Whether it begins with a frame of MPEG audio, layer III, of a kind that there is. */
function isMpegFrame([first = 0, second = 0, third = 0]: Uint8Array): boolean {
  const isSync = first === 0xff && (second & 0xe0) === 0xe0
  const isLayer3 = (second & 0x06) === 0x02 && (second & 0x18) !== 0x08
  return isSync && isLayer3 && (third & 0xf0) !== 0xf0 && (third & 0x0c) !== 0x0c
}

/** What something that is neither looks like, in a word: to be told, not to be trusted. */
export function strangeKind(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.subarray(0, TELLING_BYTES)).toString('latin1').trimStart()
  if (bytes.length === 0) return 'empty'
  if (/^<(!doctype|html|\?xml|head|body)/i.test(text)) return 'HTML'
  if (/^[[{]/.test(text)) return 'JSON'
  if (text.startsWith('%PDF')) return 'PDF'
  if (/^(.PNG|GIF8|\u00ff\u00d8\u00ff|RIFF....WEBP)/s.test(text)) return 'image'
  return 'unknown'
}

const extensions: Readonly<Record<string, string>> = {
  'audio/wav': 'wav',
  'audio/mpeg': 'mp3',
  'audio/ogg': 'ogg',
  'audio/flac': 'flac',
  'audio/mp4': 'm4a',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
}

/** The end of the name of a file of a type, without a dot. */
export const extensionOf = (type: string): string => extensions[type] ?? 'bin'
