import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LONGEST_LIST, type ColumnMapping } from '@contract/entities/batch'
import type { TemplateId } from '@contract/ids'
import type { RouteOutput } from '@contract/routes'
import { request } from '@renderer/api/bridge'
import { decodeText } from '@contract/decode-text'
import { useErrorText } from '@renderer/components/error-text'
import { useFormat } from '@renderer/components/format'

/** A list of inputs that was chosen, and what main read of it. */
export interface InputList extends RouteOutput<'batches.read'> {
  fileName: string
  text: string
  /** Tells one reading from the next. */
  serial: number
}

/** Lists of inputs for a batch: read from a file, with the columns that the user gives to variables. */
export function useInputList(templateId: TemplateId): {
  list: InputList | null
  reading: boolean
  /** Why the last file could not be used. */
  trouble: string | null
  take: (file: File | undefined) => void
  map: (mapping: ColumnMapping) => void
} {
  const { t } = useTranslation('generations')
  const format = useFormat()
  const errorText = useErrorText()
  const [list, setList] = useState<InputList | null>(null)
  const [reading, setReading] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)

  const read = async (file: File) => {
    const fileName = file.name.slice(-300)
    const words = { name: file.name, most: format.number(LONGEST_LIST) }
    if (file.size > LONGEST_LIST * 4) return t('file.too_long', words)
    const decoded = decodeText(new Uint8Array(await file.arrayBuffer()))
    if (!decoded || decoded.text.includes('\0')) return t('file.not_text', words)
    if (decoded.text.length > LONGEST_LIST) return t('file.too_long', words)
    const { text } = decoded
    const found = await request('batches.read', { templateId, text, fileName })
    setList((before) => ({ ...found, fileName, text, serial: (before?.serial ?? 0) + 1 }))
    return null
  }
  const take = async (file: File) => {
    setReading(true)
    try {
      setTrouble(await read(file))
    } catch (error) {
      const { what, why, next } = errorText(error)
      setTrouble([what, why, next].filter(Boolean).join(' '))
    } finally {
      setReading(false)
    }
  }
  return {
    list,
    reading,
    trouble,
    take: (file) => void (file && take(file)),
    map: (mapping) => setList((before) => before && { ...before, mapping, serial: before.serial + 1 }),
  }
}
