import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'

export interface SaveStateProps {
  state: 'saved' | 'saving' | 'failed'
}

/** Whether what stands on the page is safe, in a word. Only a failure is read aloud: every pause in typing saves. */
export function SaveState({ state }: SaveStateProps) {
  const { t } = useTranslation('common')
  const failed = state === 'failed'
  return (
    <Text
      size="sm"
      c={failed ? 'var(--fab-rubric)' : 'dimmed'}
      component="output"
      aria-live={failed ? 'polite' : 'off'}
    >
      {t(`saveState.${state}`)}
    </Text>
  )
}
