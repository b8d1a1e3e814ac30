import { useTranslation } from 'react-i18next'
import type { TokenUser } from '@contract/entities/token'
import { useRoleName } from '@renderer/domain/use-role-name'
import { useStageName } from '@renderer/domain/use-stage-name'
import classes from './KeyUsers.module.css'

const groups = ['stuck', 'without', 'others'] as const satisfies readonly TokenUser['after'][]

/** What works with a key, by what becomes of it when the key is deleted: the worst first. */
export function KeyUsers({ users }: { users: readonly TokenUser[] }) {
  const { t, i18n } = useTranslation('providers')
  const roleName = useRoleName()
  const stageName = useStageName()
  const nameOf = ({ kind, name, roles, after }: TokenUser) => {
    const named = t(`keys.user.${kind}`, { name: kind === 'stage' ? stageName(name) : name })
    if (after !== 'stuck' || roles.length === 0) return named
    return t('keys.userRoles', { named, roles: new Intl.ListFormat(i18n.language).format(roles.map(roleName)) })
  }
  return (
    <>
      {groups.map((after) => {
        const names = users.filter((user) => user.after === after).map(nameOf)
        if (names.length === 0) return null
        return (
          <div key={after} className={classes.group} data-after={after}>
            {t(`keys.after.${after}`)}
            <ul className={classes.names}>
              {names.map((name) => (
                <li key={name}>{name}</li>
              ))}
            </ul>
          </div>
        )
      })}
      {users.length === 0 && <div className={classes.group}>{t('keys.unused')}</div>}
      {t('keys.staysValid')}
    </>
  )
}
