import { isVisible, LONGEST_NAME } from '@contract/names'

/** Bytes of UTF-8 that a file name may have before its ending; the limit of most file systems is 255 in all. */
const LONGEST_FILE_NAME = 180

/** Names that Windows keeps for devices, with any ending. */
const DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])$/i

/** A name that every file system takes, with an ending: that of Fabula's files where none is given. */
export function fileNameFor(name: string, otherwise: string, ending = '.fabula.json'): string {
  const plain = name
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}<>:"/\\|?*]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
  const fitting = withinBytes(plain.replace(/^[ .]+/, ''), LONGEST_FILE_NAME).replace(/[ .]+$/, '')
  const stem = fitting.split('.')[0]?.trim() ?? ''
  return `${fitting === '' ? otherwise : DEVICE.test(stem) ? `${otherwise} ${fitting}` : fitting}${ending}`
}

function withinBytes(text: string, limit: number): string {
  let bytes = 0
  let end = ''
  for (const character of text) {
    bytes += Buffer.byteLength(character)
    if (bytes > limit) break
    end += character
  }
  return end
}

/** The name of a preset that comes from a file with a name but has none inside. */
export function nameFromFile(fileName: string, otherwise: string): string {
  const last = fileName.split(/[/\\]/).at(-1) ?? ''
  const plain = last
    .replace(/(\.(json|jsonl|png|charx|settings|preset|jinja2?|j2|txt|md|tmpl|prompt))+$/i, '')
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cs}]+/gu, ' ')
    .trim()
  const name = withinBytes(plain, LONGEST_NAME).trim()
  return isVisible(name) ? name : otherwise
}
