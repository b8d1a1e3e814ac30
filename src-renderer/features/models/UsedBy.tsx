import { Anchor } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { ModelKind } from '@contract/entities/model'
import { useRoute } from '@renderer/api/queries'
import classes from './ConfigEditor.module.css'

/** Presets and stories that use a model config, by name, with the way to each. */
export function UsedBy({ users, kind }: { users: readonly string[]; kind: ModelKind }) {
  const { t } = useTranslation('models')
  const presets = useRoute('presets.list', {}).data ?? []
  const stories = useRoute('stories.list', {}).data ?? []
  const placeOf = (name: string, index: number) => {
    // Presets come first, and their names are unique: the same name again is a story's.
    const preset = users.indexOf(name) === index ? presets.find((each) => each.name === name) : undefined
    if (preset) return `/presets/${preset.id}`
    const story = stories.find(({ title }) => title === name)
    return story ? `/stories/${story.id}` : null
  }
  return (
    <section className={classes.users} aria-label={t('users.title')}>
      <h3>{t('users.title')}</h3>
      <p>{t(users.length === 0 ? `users.none.${kind}` : 'users.note')}</p>
      {users.length > 0 && (
        <ul>
          {users.map((name, index) => {
            const place = placeOf(name, index)
            return (
              // A preset and a story may share a name.
              <li key={`${index}/${name}`}>
                {place ? (
                  <Anchor component={Link} href={place}>
                    {name}
                  </Anchor>
                ) : (
                  name
                )}
              </li>
            )
          })}
        </ul>
      )}
    </section>
  )
}
