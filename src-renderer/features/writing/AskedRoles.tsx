import { Button, Menu } from '@mantine/core'
import { IconUserPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { RoleId, StoryId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { useLocal } from '@renderer/components/use-local'
import classes from './Composer.module.css'

/** In the order in which they work. */
const deeds = ['director', 'rag', 'guard'] as const
type Deed = (typeof deeds)[number]

export interface AskedRolesProps {
  storyId: StoryId
  /** The roles that are to work in the next turn. */
  asked: readonly RoleId[]
  disabled: boolean
  onChange: (asked: RoleId[]) => void
}

/** Which roles are to work in the next turn, however often they do so otherwise; those that will anyway are ticked. */
export function AskedRoles({ storyId, asked, disabled, onChange }: AskedRolesProps) {
  const { t } = useTranslation('writing')
  const local = useLocal()
  const { data: roles } = useRoute('roles.list', {})
  const { data: settings } = useRoute('stories.settings', { id: storyId })
  const placeOf = (role: RoleId) => deeds.findIndex((one) => one === role)
  const callable =
    roles?.filter(({ work }) => work?.includes('cadence')).toSorted((a, b) => placeOf(a.id) - placeOf(b.id)) ?? []
  if (callable.length === 0) return null
  const isAlways = (role: RoleId): boolean => {
    const fields = settings?.roles.find((view) => view.role === role)?.fields
    const cadence = fields?.['work.cadence']?.value ?? 'always'
    return fields?.['enabled']?.value === true && cadence === 'always'
  }
  const count = asked.filter((role) => !isAlways(role)).length
  return (
    <Menu position="top-start" width={280} closeOnItemClick={false}>
      <Menu.Target>
        <Button
          className={classes.quiet}
          classNames={{ section: classes.icon, label: classes.rolesWord }}
          variant="subtle"
          color="gray"
          leftSection={<IconUserPlus size={16} aria-hidden />}
          rightSection={
            count > 0 && (
              <span className={classes.count} aria-hidden>
                {count}
              </span>
            )
          }
          disabled={disabled}
        >
          {count === 0 ? t('composer.roles') : t('composer.rolesAsked', { count })}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('composer.rolesHelp')}</Menu.Label>
        {callable.map(({ id, name }) => {
          const deed: Deed | undefined = deeds.find((one) => one === id)
          const always = isAlways(id)
          return (
            <Menu.CheckboxItem
              key={id}
              checked={always || asked.includes(id)}
              disabled={always}
              onChange={(wanted) => onChange(wanted ? [...asked, id] : asked.filter((role) => role !== id))}
            >
              {deed ? t(`composer.ask.${deed}`) : local(name)}
              {always && <span className={classes.always}>{t('composer.always')}</span>}
            </Menu.CheckboxItem>
          )
        })}
      </Menu.Dropdown>
    </Menu>
  )
}
