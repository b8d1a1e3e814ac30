import { ActionIcon, Button, Input, Textarea } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './WorldForm.module.css'

interface Props {
  label: string
  description: string | undefined
  value: readonly string[]
  onChange: (value: string[]) => void
}

/** Several texts of one kind, one under another. */
export function TextsControl({ label, description, value, onChange }: Props) {
  const { t } = useTranslation('worlds')
  return (
    <div role="group" aria-label={label} className={classes.texts}>
      <Input.Label component="div">{label}</Input.Label>
      {description && <Input.Description>{description}</Input.Description>}
      {value.map((text, index) => (
        // Texts have no names: their place is what they are known by.
        <div key={index} className={classes.oneText}>
          <Textarea
            aria-label={t('numbered', { label, number: index + 1 })}
            autosize
            minRows={2}
            maxRows={16}
            value={text}
            onChange={(event) => onChange(value.with(index, event.currentTarget.value))}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('removeNumbered', { label, number: index + 1 })}
            onClick={() => onChange(value.toSpliced(index, 1))}
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      <div>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={15} stroke={1.6} aria-hidden />}
          onClick={() => onChange([...value, ''])}
        >
          {t('addText')}
        </Button>
      </div>
    </div>
  )
}
