import { useTranslation } from 'react-i18next'
import type { Role } from '@contract/entities/preset'
import type { CastMember } from '@contract/entities/story'
import { useErrorText } from '@renderer/components/error-text'
import { useLocal } from '@renderer/components/use-local'
import classes from './CastPanel.module.css'

export interface CastCardProps {
  member: CastMember
  /** Its entry in the registry. */
  role: Role | undefined
  /** Main does the work of roles that are off. */
  mainSteps: boolean
}

/** One role: its model, where that runs, and why it cannot work if it cannot. */
export function CastCard({ member, role, mainSteps }: CastCardProps) {
  const { t } = useTranslation('writing')
  const local = useLocal()
  const errorText = useErrorText()
  const name = role ? local(role.name) : member.role
  if (!member.enabled) {
    const instead = role?.kind === 'embedding' ? 'offEmbedding' : mainSteps ? 'offMain' : 'offSkipped'
    return (
      <li className={classes.card} data-off>
        <span className={classes.role}>{name}</span>
        <span className={classes.where}>{t(`cast.${instead}`)}</span>
      </li>
    )
  }
  const problem = member.problem ? errorText(member.problem) : null
  return (
    <li className={classes.card}>
      <span className={classes.role} title={role ? local(role.help) : undefined}>
        {name}
      </span>
      {member.model && (
        <span className={classes.model}>
          <span className={classes.dot} data-problem={problem !== null || undefined} aria-hidden />
          <span>
            {member.model} <span className={classes.where}>{whereabouts()}</span>
          </span>
        </span>
      )}
      {problem && (
        <span className={classes.problem}>
          {problem.what} {problem.next}
        </span>
      )}
    </li>
  )

  function whereabouts() {
    if (member.local) return t('cast.local')
    if (member.tokenName) return t('cast.key', { name: member.tokenName })
    return member.provider ?? ''
  }
}
