import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LONGEST_INPUT, type FileInput } from '@contract/entities/template'
import { useFormat } from '@renderer/components/format'
import { pickFiles } from '@renderer/components/text-files'
import { readTextFile, TEXT_FILES } from './read-text-file'

export interface TakingFile {
  /** Asks for a file. */
  pick: () => void
  /** Takes one that was dropped. */
  take: (file: File | undefined) => void
  /** Why the last one could not be taken; undefined for none. */
  trouble: string | undefined
}

/** Text files as values of a form. */
export function useTakeFile(onTake: (file: FileInput) => void): TakingFile {
  const { t } = useTranslation('generations')
  const format = useFormat()
  const [trouble, setTrouble] = useState<string>()
  const take = async (file: File | undefined) => {
    if (!file) return
    const read = await readTextFile(file)
    if ('file' in read) {
      setTrouble(undefined)
      onTake(read.file)
    } else setTrouble(t(`file.${read.trouble}`, { name: file.name, most: format.number(LONGEST_INPUT) }))
  }
  return {
    pick: () => void pickFiles(TEXT_FILES).then(([file]) => take(file)),
    take: (file) => void take(file),
    trouble,
  }
}
