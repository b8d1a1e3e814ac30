import { ActionIcon, Button, Input, Tooltip } from '@mantine/core'
import { IconFileText, IconUpload, IconX } from '@tabler/icons-react'
import { useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { FileInput } from '@contract/entities/template'
import type { JsonValue } from '@contract/values'
import { useFormat } from '@renderer/components/format'
import { useFileDrop } from '@renderer/components/use-file-drop'
import type { FieldWords } from './InputField'
import { useTakeFile } from './use-take-file'
import classes from './TemplateForm.module.css'

interface Props extends FieldWords {
  value: JsonValue
  /** Characters; null for no limit of its own. */
  most: number | null
  onChange: (value: JsonValue) => void
}

/** A text file, chosen or dropped here. */
export function FileField({ label, description, error, withAsterisk, value, most, onChange }: Props) {
  const { t } = useTranslation('generations')
  const format = useFormat()
  const id = useId()
  const choose = useRef<HTMLButtonElement>(null)
  const { pick, take, trouble } = useTakeFile(onChange)
  const drop = useFileDrop(take)
  const file = FileInput.safeParse(value).data
  const wrong = trouble ?? error
  return (
    <div
      role="group"
      aria-labelledby={`${id}-label`}
      aria-describedby={`${description ? `${id}-help` : ''} ${wrong ? `${id}-error` : ''}`.trim() || undefined}
    >
      <Input.Label component="div" id={`${id}-label`} required={withAsterisk}>
        {label}
      </Input.Label>
      {description && <Input.Description id={`${id}-help`}>{description}</Input.Description>}
      <div className={classes.drop} data-wrong={!!wrong || undefined} {...drop}>
        {file ? (
          <>
            <IconFileText size={16} stroke={1.6} aria-hidden />
            <span className={classes.fileName}>{file.name}</span>
            <span className={classes.fileSize}>
              {t('file.characters', { count: file.text.length, number: format.number(file.text.length) })}
            </span>
          </>
        ) : (
          <span className={classes.fileSize}>
            {most === null ? t('file.drop') : t('file.dropMost', { count: most, number: format.number(most) })}
          </span>
        )}
        <Button
          ref={choose}
          variant="default"
          size="compact-sm"
          className={classes.chooseFile}
          leftSection={<IconUpload size={14} stroke={1.6} aria-hidden />}
          aria-label={t(file ? 'file.anotherFor' : 'file.chooseFor', { label })}
          onClick={pick}
        >
          {t(file ? 'file.another' : 'file.choose')}
        </Button>
        {file && (
          <Tooltip label={t('file.remove')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={26}
              aria-label={t('file.removeFrom', { label })}
              onClick={() => {
                onChange(null)
                // The button goes away; whoever pressed it by a key goes on beside it.
                choose.current?.focus()
              }}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      {wrong && (
        <Input.Error id={`${id}-error`} role={trouble ? 'alert' : undefined}>
          {wrong}
        </Input.Error>
      )}
    </div>
  )
}
