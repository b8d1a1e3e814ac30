import { FabulaError, FileError } from '@contract/errors'
import type { UploadId } from '@contract/ids'
import { LARGEST_FILE, LARGEST_UPLOAD, OTHER_DOCUMENT, UPLOAD_PART, type ImportFile } from '@contract/routes/files'
import { request } from '@renderer/api/bridge'
import { decodeText, type TextEncoding } from '@contract/decode-text'
import type { FileToImport } from '@renderer/stores/files-dialog'

/** A file as main takes it. */
export interface SentFile {
  file: ImportFile
  /** Of a text that went along as it is; null for bytes that were sent before. */
  encoding: TextEncoding | null
}

/** How pictures and archives begin: PNG, JPEG, and zip. */
const beginnings = [
  [0x89, 0x50, 0x4e, 0x47],
  [0xff, 0xd8, 0xff],
  [0x50, 0x4b, 0x03, 0x04],
]

/** Bytes of texts that can still go along in one request. */
export interface Room {
  left: number
}

/** Reads a file. Texts go along as they are while there is room for them; pictures, archives and what is large are sent before. */
export async function sendFile(file: FileToImport, room: Room, sent: UploadId[]): Promise<SentFile> {
  if (!(file instanceof File)) {
    if ('problem' in file) throw FabulaError.from(file.problem)
    sent.push(file.uploadId)
    return { file, encoding: null }
  }
  const fileName = file.name.slice(-300)
  // What main would refuse is not even read.
  if (OTHER_DOCUMENT.test(fileName))
    throw new FabulaError(FileError.NotFabula, `${fileName} is a document of another program`)
  if (file.size > LARGEST_UPLOAD)
    throw new FabulaError(FileError.TooLarge, `The file has ${file.size} bytes`, { details: { limit: LARGEST_UPLOAD } })
  if (file.size > Math.min(room.left, LARGEST_FILE) || (await isBinary(file)))
    return { file: { fileName, uploadId: await upload(file, sent) }, encoding: null }
  const decoded = decodeText(new Uint8Array(await file.arrayBuffer()))
  if (!decoded) throw new FabulaError(FileError.NotJson, 'The file is no whole text')
  // In UTF-8 a text may take more bytes than in the encoding that it has.
  room.left -= new Blob([decoded.text]).size
  return { file: { fileName, text: decoded.text }, encoding: decoded.encoding }
}

async function isBinary(file: File): Promise<boolean> {
  const start = new Uint8Array(await file.slice(0, 4).arrayBuffer())
  return beginnings.some((beginning) => beginning.every((byte, place) => start[place] === byte))
}

async function upload(file: File, sent: UploadId[]): Promise<UploadId> {
  const first = await request('files.upload', { data: await base64Of(file.slice(0, UPLOAD_PART)) })
  const { uploadId } = first
  sent.push(uploadId)
  // One after another: they are parts of one file.
  for (let at = UPLOAD_PART; at < file.size; at += UPLOAD_PART)
    await request('files.upload', { uploadId, data: await base64Of(file.slice(at, at + UPLOAD_PART)) })
  return uploadId
}

/** The browser's own encoder: no other is as fast on the engines that the app runs on. */
const base64Of = (part: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('error', () => reject(reader.error ?? new Error('The file cannot be read')))
    reader.addEventListener('load', () => {
      const url = typeof reader.result === 'string' ? reader.result : ''
      resolve(url.slice(url.indexOf(',') + 1))
    })
    reader.readAsDataURL(part)
  })
