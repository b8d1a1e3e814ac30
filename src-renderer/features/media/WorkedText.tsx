import { Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { StageKind } from '@contract/entities/stage'
import { useFormat } from '@renderer/components/format'
import type { TextLimit } from './text-limit'
import classes from './Make.module.css'

interface Props {
  kind: StageKind
  text: string
  /** Characters that will be sent. */
  length: number
  limit: TextLimit
  onChange: (text: string) => void
}

/** The text that something is made of. One that is too long is not cut: it says by how much. */
export function WorkedText({ kind, text, length, limit: { most, model }, onChange }: Props) {
  const { t } = useTranslation('media')
  const format = useFormat()
  const tooLong = () => {
    const facts = {
      count: length,
      length: format.number(length),
      most: format.number(most),
      over: format.number(length - most),
    }
    return model === null ? t('make.tooLong', facts) : t('make.tooLongFor', { ...facts, model })
  }
  return (
    <Textarea
      label={t(`make.text.${kind}`)}
      description={t(`make.textHelp.${kind}`)}
      inputWrapperOrder={['label', 'description', 'input', 'error']}
      classNames={{ input: classes.text }}
      autosize
      minRows={3}
      maxRows={9}
      value={text}
      error={length > most && tooLong()}
      onChange={(event) => onChange(event.currentTarget.value)}
      data-autofocus
    />
  )
}
