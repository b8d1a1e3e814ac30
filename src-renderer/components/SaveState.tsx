import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useUnsavedFields } from '@renderer/stores/ui-unsaved'

export interface SaveStateProps {
  state: 'saved' | 'saving' | 'failed'
}

/** Whether what stands on the page is safe, in a word; never that all is, while a field holds what cannot be saved. Only a failure is read aloud: every pause in typing saves. */
export function SaveState({ state }: SaveStateProps) {
  const { t } = useTranslation('common')
  const unsaved = useUnsavedFields(({ fields }) => fields.size > 0)
  const shown = state === 'saved' && unsaved ? 'partly' : state
  const failed = state === 'failed'
  return (
    <Text
      size="sm"
      c={failed ? 'var(--fab-rubric)' : 'dimmed'}
      component="output"
      aria-live={failed ? 'polite' : 'off'}
    >
      {t(`saveState.${shown}`)}
    </Text>
  )
}
