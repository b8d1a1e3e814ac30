import { ActionIcon, Input, Tooltip } from '@mantine/core'
import { IconFileText, IconTextScan2 } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFileDrop } from '@renderer/components/use-file-drop'
import { useTakeFile } from './use-take-file'
import classes from './TemplateForm.module.css'

interface Props {
  /** Of the field. */
  label: string
  selection: string
  /** The field has one line: those of a text become one. */
  oneLine?: boolean
  onTake: (text: string) => void
  children: ReactNode
}

/** A field of text whose value can come from a file, which can also be dropped on it, or from what is selected in the story. */
export function TakeText({ label, selection, oneLine = false, onTake, children }: Props) {
  const { t } = useTranslation('generations')
  const put = (text: string) => onTake(oneLine ? text.trim().replaceAll(/\s*[\r\n]+\s*/g, ' ') : text)
  const file = useTakeFile(({ text }) => put(text))
  const drop = useFileDrop(file.take)
  return (
    <div className={classes.taking} {...drop}>
      {children}
      <div className={classes.takeActions}>
        {selection !== '' && (
          <Tooltip label={t('form.takeSelection')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={26}
              aria-label={t('form.takeSelectionFor', { label })}
              onClick={() => put(selection)}
            >
              <IconTextScan2 size={16} stroke={1.6} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
        <Tooltip label={t('form.takeFile')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={26}
            aria-label={t('form.takeFileFor', { label })}
            onClick={file.pick}
          >
            <IconFileText size={16} stroke={1.6} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
      {file.trouble !== undefined && (
        <Input.Error role="alert" className={classes.fileTrouble}>
          {file.trouble}
        </Input.Error>
      )}
    </div>
  )
}
