import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'

export interface SaveStateProps {
  state: 'saved' | 'saving' | 'failed'
}

/** Whether what stands on the page is safe, in a word. */
export function SaveState({ state }: SaveStateProps) {
  const { t } = useTranslation('common')
  return (
    <Text size="sm" c={state === 'failed' ? 'var(--fab-rubric)' : 'dimmed'} component="output">
      {t(`saveState.${state}`)}
    </Text>
  )
}
