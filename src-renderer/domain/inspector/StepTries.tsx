import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { StoryId, TurnId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { useFormat } from '@renderer/components/format'
import { useRoleName } from '@renderer/domain/use-role-name'
import { useInspector } from '@renderer/stores/ui-inspector'
import classes from './Inspector.module.css'

/** The way between a turn and the steps of it that were taken again alone. */
export function StepTries({ storyId, turnId }: { storyId: StoryId; turnId: TurnId }) {
  const { t } = useTranslation('inspector')
  const format = useFormat()
  const roleName = useRoleName()
  const { data } = useRoute('turns.alone', { turnId })
  const show = (id: TurnId) => useInspector.getState().show({ kind: 'turn', storyId, turnId: id })
  if (!data) return null
  const { of, tries } = data
  if (of !== null) {
    return (
      <p className={classes.tries}>
        {t('tries.isOne')}{' '}
        <UnstyledButton className={classes.try} onClick={() => show(of)}>
          {t('tries.back')}
        </UnstyledButton>
      </p>
    )
  }
  if (tries.length === 0) return null
  return (
    <ul className={classes.tries} aria-label={t('tries.label')}>
      {tries.map((one) => (
        <li key={one.turnId}>
          <UnstyledButton className={classes.try} onClick={() => show(one.turnId)}>
            {t('tries.one', { role: roleName(one.role), when: format.ago(one.startedAt) })}
          </UnstyledButton>
        </li>
      ))}
    </ul>
  )
}
