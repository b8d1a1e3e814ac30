import { TagsInput } from '@mantine/core'
import { useState, type ClipboardEvent } from 'react'
import { stringsOf } from '@contract/json'
import type { JsonValue } from '@contract/values'
import type { FieldWords } from './InputField'
import { linesOf } from './input-values'

interface Props extends FieldWords {
  value: JsonValue
  addLabel: string
  onChange: (value: JsonValue) => void
}

/** Items, one by one; lines that are pasted become items. The same item may stand in it twice. */
export function ListField({ value, addLabel, onChange, ...words }: Props) {
  const items = stringsOf(value)
  const [typed, setTyped] = useState('')
  // Mantine's own field would make an item of any piece that is pasted into a word.
  const paste = (event: ClipboardEvent) => {
    event.stopPropagation()
    const lines = linesOf(event.clipboardData.getData('text/plain'))
    if (lines.length < 2) return
    event.preventDefault()
    onChange([...items, ...lines])
    setTyped('')
  }
  return (
    <div onPasteCapture={paste}>
      <TagsInput
        {...words}
        placeholder={items.length === 0 ? addLabel : ''}
        splitChars={[]}
        allowDuplicates
        acceptValueOnBlur
        maxTags={1000}
        searchValue={typed}
        onSearchChange={setTyped}
        value={items}
        onChange={onChange}
      />
    </div>
  )
}
