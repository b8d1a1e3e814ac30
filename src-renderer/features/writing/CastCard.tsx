import { ActionIcon, Switch, Tooltip } from '@mantine/core'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { EffectiveRole } from '@contract/entities/effective'
import type { Role } from '@contract/entities/preset'
import type { CastMember } from '@contract/entities/story'
import type { StoryId } from '@contract/ids'
import { useErrorText } from '@renderer/components/error-text'
import { useLocal } from '@renderer/components/use-local'
import { useProviderName } from '@renderer/domain/use-providers'
import { RoleDifferences } from './RoleDifferences'
import classes from './CastPanel.module.css'

export interface CastCardProps {
  storyId: StoryId
  member: CastMember
  /** Its entry in the registry. */
  role: Role | undefined
  /** What it works with in this story; undefined until it is read. */
  view: EffectiveRole | undefined
  /** Main does the work of roles that are off. */
  mainSteps: boolean
  onSwitch: (enabled: boolean) => void
}

/** One role: its model, where that runs, in what it differs from the preset, and why it cannot work if it cannot. */
export function CastCard({ storyId, member, role, view, mainSteps, onSwitch }: CastCardProps) {
  const { t } = useTranslation('writing')
  const settings = useTranslation('story-settings').t
  const providerName = useProviderName()
  const local = useLocal()
  const errorText = useErrorText()
  const name = role ? local(role.name) : member.role
  const problem = member.enabled && member.problem ? errorText(member.problem) : null
  return (
    <li className={classes.card} data-off={!member.enabled || undefined}>
      <div className={classes.top}>
        <span className={classes.role} title={role ? local(role.help) : undefined}>
          {name}
        </span>
        <Tooltip label={settings('cast.settingsOf', { role: name })}>
          <ActionIcon
            component={Link}
            href={`/stories/${storyId}/settings/${member.role}`}
            className={classes.adjust}
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={settings('cast.settingsOf', { role: name })}
          >
            <IconAdjustmentsHorizontal size={15} stroke={1.6} aria-hidden />
          </ActionIcon>
        </Tooltip>
        {role?.switchable && (
          <Switch
            size="xs"
            aria-label={settings('part.switch', { role: name })}
            checked={member.enabled}
            onChange={(event) => onSwitch(event.currentTarget.checked)}
          />
        )}
      </div>
      {!member.enabled && <span className={classes.where}>{t(`cast.${instead()}`)}</span>}
      {member.enabled && member.model && (
        <span className={classes.model}>
          <span className={classes.dot} data-problem={problem !== null || undefined} aria-hidden />
          <span>
            {member.modelName ?? member.model} <span className={classes.where}>{whereabouts()}</span>
          </span>
        </span>
      )}
      {problem && (
        <span className={classes.problem}>
          {problem.what} {problem.next}
        </span>
      )}
      {view && role && <RoleDifferences storyId={storyId} view={view} kind={role.kind} />}
    </li>
  )

  function instead() {
    if (role?.kind === 'embedding') return 'offEmbedding'
    return mainSteps ? 'offMain' : 'offSkipped'
  }

  function whereabouts() {
    if (member.local) return t('cast.local')
    if (member.tokenName) return t('cast.key', { name: member.tokenName })
    return member.provider === null ? '' : providerName(member.provider)
  }
}
