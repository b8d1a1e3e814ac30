import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

interface Props {
  value: readonly string[]
  onChange: (options: string[]) => void
}

const MOST = 500

/** What a text has as options: one a line, each once. */
const optionsIn = (text: string) => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
      .map((line) => line.slice(0, 500))
  ),
]

/** The options of a choice, one a line, so that a list can be pasted. */
export function OptionsField({ value, onChange }: Props) {
  const { t } = useTranslation('templates')
  const [typed, setTyped] = useState<string | null>(null)
  const options = optionsIn(typed ?? value.join('\n'))
  const problem = () => {
    if (options.length === 0) return t('variables.optionsNeeded')
    return options.length > MOST ? t('variables.optionsMost', { count: MOST }) : null
  }
  return (
    <Textarea
      label={t('variables.options')}
      description={t('variables.optionsHelp')}
      autosize
      minRows={3}
      maxRows={12}
      error={problem()}
      value={typed ?? value.join('\n')}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        onChange(optionsIn(event.currentTarget.value).slice(0, MOST))
      }}
      onBlur={() => setTyped(null)}
    />
  )
}
