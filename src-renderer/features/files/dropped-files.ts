import { MOST_FILES } from '@contract/routes/files'

/** Folders inside folders that are looked into. */
const DEEPEST = 10
/** Bytes of a plain text that is looked at for Jinja. */
const LARGEST_TEXT = 1_000_000
/** Folders of a project that hold nothing of its own. */
const SKIPPED = new Set(['node_modules', '__pycache__', 'venv'])
const TAKEN = /\.(json|jsonl|settings|preset|png|charx|jinja2?|j2|docx)$/i
const TEXT = /\.(txt|md)$/i
const CODE = /\{\{|\{%/

export interface DroppedFiles {
  files: File[]
  /** There are more than can be taken in at once. */
  hasMore: boolean
}

/**
 * The files that were dropped. Of a folder: those that may be something to import, in the folders inside it, too. To be
 * called while the drop is handled, for what was dropped is gone afterwards.
 */
export async function droppedFiles({ items, files }: Pick<DataTransfer, 'items' | 'files'>): Promise<DroppedFiles> {
  const entries = [...items].flatMap((item) => (item.kind === 'file' ? (item.webkitGetAsEntry() ?? []) : []))
  if (!entries.some(isFolder)) return { files: [...files], hasMore: false }
  const found: File[] = []
  const look = async (entry: FileSystemEntry, depth: number): Promise<void> => {
    if (found.length > MOST_FILES || (depth > 0 && entry.name.startsWith('.'))) return
    if (isFile(entry)) {
      const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject))
      if (depth === 0 || (await isToImport(file))) found.push(file)
    } else if (isFolder(entry) && depth <= DEEPEST && !SKIPPED.has(entry.name)) {
      // One after another, so that what comes first is taken first.
      for (const inside of await entriesIn(entry)) await look(inside, depth + 1)
    }
  }
  for (const entry of entries) await look(entry, 0)
  return { files: found.slice(0, MOST_FILES), hasMore: found.length > MOST_FILES }
}

const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile

const isToImport = async (file: File): Promise<boolean> =>
  TAKEN.test(file.name) || (TEXT.test(file.name) && file.size <= LARGEST_TEXT && CODE.test(await file.text()))

/** By name. A browser gives them a hundred at a time. */
async function entriesIn(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return all.toSorted((a, b) => a.name.localeCompare(b.name))
    all.push(...some)
  }
}
