import { useTranslation } from 'react-i18next'
import type { EffectiveRole, PresetDifference } from '@contract/entities/effective'
import type { PresetId, RoleId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { useProviders } from '@renderer/domain/use-providers'
import { useFieldWords } from '@renderer/domain/role-form/use-field-words'
import { ComparedPrompt } from '@renderer/domain/role-prompt/ComparedPrompt'
import { useLocal } from '@renderer/components/use-local'
import classes from './CompareTable.module.css'

interface Side {
  id: PresetId
  name: string
}

interface Props {
  a: Side
  b: Side
  differences: readonly PresetDifference[]
}

/** What decides most stands first; the rest follows as it came. */
const first = ['enabled', 'modelConfigId', 'providerId', 'model', 'serverId', 'tokenIds', 'tokenStrategy']
const placeOf = ({ path }: PresetDifference) => (first.includes(path) ? first.indexOf(path) : first.length)
const byPlace = (one: PresetDifference, other: PresetDifference) => placeOf(one) - placeOf(other)

/** The fields in which two presets differ, role by role, with their values in words. */
export function CompareTable({ a, b, differences }: Props) {
  const { t } = useTranslation('presets')
  const local = useLocal()
  const words = useFieldWords()
  const roles = useRoute('roles.list', {}).data ?? []
  const providers = useProviders().data ?? []
  const effectiveA = useRoute('presets.effective', { id: a.id }).data ?? []
  const effectiveB = useRoute('presets.effective', { id: b.id }).data ?? []
  // What a value means is said by the provider that gets it, and that may be another one on each side.
  const providerOf = (effective: readonly EffectiveRole[], role: RoleId | null) => {
    const id = effective.find((each) => each.role === role)?.fields['providerId']?.value
    return providers.find((provider) => provider.id === id)
  }

  if (differences.length === 0) return <p className={classes.same}>{t('compare.same', { a: a.name, b: b.name })}</p>
  const groups = [...new Set(differences.map(({ role }) => role))].map(
    (role) => [role, differences.filter((each) => each.role === role).toSorted(byPlace)] as const
  )
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t('compare.setting')}</th>
          <th scope="col">{a.name}</th>
          <th scope="col">{b.name}</th>
        </tr>
      </thead>
      {groups.map(([roleId, fields]) => {
        const role = roles.find(({ id }) => id === roleId)
        const kind = role?.kind ?? 'chat'
        return (
          <tbody key={roleId ?? ''}>
            <tr>
              <th scope="rowgroup" colSpan={3} className={classes.group}>
                {role ? local(role.name) : t('compare.whole')}
              </th>
            </tr>
            {fields.map(({ path, a: valueA, b: valueB }) => {
              const sideA = words(path, kind, providerOf(effectiveA, roleId))
              const sideB = words(path, kind, providerOf(effectiveB, roleId))
              return (
                <tr key={path}>
                  <th scope="row">{valueA === null ? sideB.name : sideA.name}</th>
                  <td data-unset={valueA === null || undefined}>
                    {path === 'prompt' ? <ComparedPrompt value={valueA} other={valueB} /> : sideA.show(valueA)}
                  </td>
                  <td data-unset={valueB === null || undefined}>
                    {path === 'prompt' ? <ComparedPrompt value={valueB} other={valueA} /> : sideB.show(valueB)}
                  </td>
                </tr>
              )
            })}
          </tbody>
        )
      })}
    </table>
  )
}
