import { Anchor } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { ModelKind } from '@contract/entities/model'
import type { ModelConfigUser } from '@contract/entities/model-config'
import classes from './ConfigEditor.module.css'

const screens = { preset: 'presets', story: 'stories', template: 'templates' } as const

/** Presets, stories and templates that use a model config, by name, with the way to each. */
export function UsedBy({ users, kind }: { users: readonly ModelConfigUser[]; kind: ModelKind }) {
  const { t } = useTranslation('models')
  return (
    <section className={classes.users} aria-label={t('users.title')}>
      <h3>{t('users.title')}</h3>
      <p>{t(users.length === 0 ? `users.none.${kind}` : 'users.note')}</p>
      {users.length > 0 && (
        <ul>
          {users.map((user, index) => (
            // Stories in the bin have no id here, and any two may share a name.
            <li key={user.id ?? index}>
              {user.id === null ? (
                user.name
              ) : (
                <Anchor component={Link} href={`/${screens[user.kind]}/${user.id}`}>
                  {user.name}
                </Anchor>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
