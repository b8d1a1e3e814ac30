import type { ReadSettings } from './read-file'

/** A file of settings of an import. */
interface SettingsFile {
  read: ReadSettings
}

/**
 * A system prompt and a context template that come at once in files of their own are one prompt, as they are in the program
 * that they come from. Where there are several of a kind, nobody knows which belong together: each is a prompt of its own.
 */
export function joinTemplates<File extends SettingsFile>(
  files: readonly File[]
): (File | (SettingsFile & Omit<File, 'read'>))[] {
  const found = files.flatMap((file) =>
    file.read.format === 'sillytavern-templates' ? [{ file, read: file.read }] : []
  )
  const [words, ...otherWords] = found.filter(({ read }) => read.sysprompt && !read.context)
  const [frame, ...otherFrames] = found.filter(({ read }) => read.context && !read.sysprompt)
  if (!words || !frame || otherWords.length + otherFrames.length > 0) return [...files]
  const joined = { ...words.file, read: { ...words.read, context: frame.read.context } }
  return files.flatMap((file) => (file === words.file ? [joined] : file === frame.file ? [] : [file]))
}
