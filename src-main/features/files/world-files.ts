import { createHash } from 'node:crypto'
import { PictureHash } from '@contract/entities/world'
import type { ImportPlan } from '@contract/routes/files'
import { pictureType, type PictureFolder } from '@main/data/picture-folder'
import type { ArchivedFile } from '@main/formats/archive'
import type { CardLoss } from '@main/formats/card'
import type { CardInFile } from '@main/formats/card-file'
import type { ReadChat } from '@main/formats/chat'
import type { NamedChat } from '@main/formats/chat-tree'
import { readLorebook, type ReadLorebook } from '@main/formats/lorebook'
import { shownName } from '@main/formats/shown-name'
import type { Redactor } from '@main/platform/redact'
import { lossShown } from './mask'
import { nameFromFile } from './file-names'

type Loss = ImportPlan['losses'][number]

/** A character with its lore and its pictures, as a file has it. */
export interface CardFile {
  kind: 'character'
  card: CardInFile
  book: ReadLorebook | null
  picture: PictureHash | null
  /** All files that are to be kept with it, by the hash of their bytes: its picture, and the assets of an archive. */
  files: { path: string | null; hash: PictureHash; bytes: Buffer }[]
  losses: Loss[]
}

export interface LoreFile {
  kind: 'lorebook'
  name: string
  book: ReadLorebook
  losses: Loss[]
}

export interface ChatFile extends NamedChat {
  kind: 'chat'
  losses: Loss[]
}

/** What a file brings to worlds and stories. */
export type WorldFile = CardFile | LoreFile | ChatFile

export function cardFile(card: CardInFile, redactor: Redactor): CardFile {
  const book = card.book && readLorebook(card.book, ['data', 'character_book'])
  const shown = card.picture !== null && pictureType(card.picture) !== null
  const assets: ArchivedFile[] = [
    ...card.assets,
    // What the screen cannot show is no picture here, and stays among the files of the archive.
    ...(card.picture && !shown && card.picturePath !== null ? [{ path: card.picturePath, bytes: card.picture }] : []),
  ]
  const picture = card.picture && shown ? hashOf(card.picture) : null
  return {
    kind: 'character',
    card,
    book,
    picture,
    files: [
      ...(picture && card.picture ? [{ path: null, hash: picture, bytes: card.picture }] : []),
      ...assets.map(({ path, bytes }) => ({ path, hash: hashOf(bytes), bytes })),
    ],
    losses: kept([...card.losses, ...(book?.losses ?? [])], redactor),
  }
}

export const loreFile = (book: ReadLorebook, fileName: string, redactor: Redactor): LoreFile => ({
  kind: 'lorebook',
  name: shownName([book.name], nameFromFile(fileName, 'Lorebook')),
  book,
  losses: kept(book.losses, redactor),
})

export function chatFile(chat: ReadChat, fileName: string, redactor: Redactor): ChatFile {
  const hidden = chat.passages.filter(({ isHidden }) => isHidden).length
  return {
    kind: 'chat',
    name: nameFromFile(fileName, shownName([chat.characterName], 'Chat')),
    chat,
    losses: kept(hidden === 0 ? [] : [{ field: 'is_system', value: hidden }], redactor),
  }
}

const hashOf = (bytes: Buffer): PictureHash => PictureHash.parse(createHash('sha256').update(bytes).digest('hex'))

const kept = (losses: readonly CardLoss[], redactor: Redactor): Loss[] =>
  losses.map(({ field, value }) => ({ field, value: lossShown(redactor, field, value), reason: 'kept' }))

/** Keeps the pictures and assets of characters in the data folder; those that nothing refers to in the end go by themselves. */
export async function keepFiles(files: readonly WorldFile[], folder: PictureFolder): Promise<void> {
  // One after another: there may be hundreds.
  for (const file of files) if (file.kind === 'character') for (const { bytes } of file.files) await folder.add(bytes)
}
