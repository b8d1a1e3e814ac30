import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { StoryId, TurnId } from '@contract/ids'
import { useInspector } from '@renderer/stores/ui-inspector'
import classes from './InspectButton.module.css'

export interface InspectButtonProps {
  storyId: StoryId
  turnId: TurnId
  /** Of the line that it stands in. */
  className?: string | undefined
}

/** Opens the inspector at the turn that wrote a passage. */
export function InspectButton({ storyId, turnId, className }: InspectButtonProps) {
  const { t } = useTranslation('inspector')
  return (
    <span className={className}>
      <UnstyledButton
        className={classes.open}
        onClick={() => useInspector.getState().show({ kind: 'turn', storyId, turnId })}
      >
        {t('open')}
      </UnstyledButton>
    </span>
  )
}
