import { Button, Group, Text, VisuallyHidden } from '@mantine/core'
import { notifications, notificationsStore } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import { CopyText } from './CopyText'
import { errorDetails, useErrorText } from './error-text'
import classes from './notify.module.css'

const UNDO_MS = 10_000
const LASTS_MS = 500

function ErrorMessage({ error }: { error: unknown }) {
  const { t } = useTranslation('common')
  const { what, why, next } = useErrorText()(error)
  return (
    <div>
      <Text fw={500}>{what}</Text>
      {why && (
        <Text size="sm" c="dimmed">
          {why}
        </Text>
      )}
      {next && <Text size="sm">{next}</Text>}
      <CopyText text={errorDetails(error)} label={t('copyDetails')} flush />
    </div>
  )
}

function UndoMessage({ text, onUndo }: { text: string; onUndo: () => void }) {
  const { t } = useTranslation('common')
  return (
    <Group justify="space-between" align="flex-start" gap="4px 10px">
      <Text size="sm" className={classes.words} lineClamp={6}>
        {text}
      </Text>
      <Button className={classes.undo} variant="subtle" size="compact-sm" onClick={onUndo}>
        {t('undo')}
      </Button>
    </Group>
  )
}

/** The name of the cross, in whatever language the app speaks while it is there. */
function CloseName() {
  const { t } = useTranslation('common')
  return <VisuallyHidden>{t('close')}</VisuallyHidden>
}

const closeButtonProps = { children: <CloseName /> }

const errors = new Set<string>()

/** Takes away what went wrong on a screen, when the user has gone to another one. */
export function clearErrors(): void {
  for (const id of errors) notifications.hide(id)
  errors.clear()
}

/** Says that something the user asked for failed: what, why and what next. Stays until closed, or until another screen. */
export function notifyError(error: unknown): void {
  const id = errorDetails(error)
  errors.add(id)
  // The same failure again takes the place of the first, and is seen to have come again.
  notifications.hide(id)
  notifications.show({
    id,
    message: <ErrorMessage error={error} />,
    color: 'rubric',
    autoClose: false,
    // What went wrong takes more words than there is room at the side.
    position: 'bottom-center',
    closeButtonProps,
  })
}

/** Takes away the notice that came last, unless it says what is under way. */
export function dismissNewest(): void {
  const newest = notificationsStore.getState().notifications.findLast(({ loading }) => !loading)
  if (newest?.id !== undefined) notifications.hide(newest.id)
}

/** Says in passing that something is done. `text` is already in the user's language. */
export function notifyDone(text: string): void {
  notifications.show({ message: text, color: 'gray', autoClose: 4000, role: 'status', closeButtonProps })
}

/** Says what is under way, when it takes longer than half a second. Returns the function that ends it. */
export function notifyWhile(text: string): () => void {
  let id: string | undefined
  const timer = setTimeout(() => {
    id = notifications.show({ message: text, loading: true, autoClose: false, withCloseButton: false, role: 'status' })
  }, LASTS_MS)
  return () => {
    clearTimeout(timer)
    if (id !== undefined) notifications.hide(id)
  }
}

export interface UndoNotice {
  /** What was done, in the user's language. */
  text: string
  /** Takes it back; a failure is shown. */
  undo: () => unknown
}

/** Says what was done and lets the user take it back for 10 seconds. */
export function notifyUndo({ text, undo }: UndoNotice): void {
  const takeBack = async () => {
    notifications.hide(id)
    try {
      await undo()
    } catch (error) {
      notifyError(error)
    }
  }
  const id = notifications.show({
    message: <UndoMessage text={text} onUndo={() => void takeBack()} />,
    color: 'gray',
    autoClose: UNDO_MS,
    closeButtonProps,
  })
}
