import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { CopyText } from '@renderer/components/CopyText'
import classes from './Gateway.module.css'

/** A new key, the only time that it can be seen. */
export function NewKey({ text, onDone }: { text: string; onDone: () => void }) {
  const { t } = useTranslation('gateway')
  return (
    <>
      <p className={classes.help}>{t('keys.madeText')}</p>
      <div className={classes.newKey}>
        <code className={classes.key}>{text}</code>
        <CopyText text={text} />
      </div>
      <Group justify="flex-end" mt="lg">
        <Button onClick={onDone} data-autofocus>
          {t('keys.done')}
        </Button>
      </Group>
    </>
  )
}
