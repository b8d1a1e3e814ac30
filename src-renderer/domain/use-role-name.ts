import { useRoute } from '@renderer/api/queries'
import { useLocal } from '@renderer/components/use-local'

/** The name of a role in the app's language; its id until the names are there. */
export function useRoleName(): (role: string) => string {
  const { data: roles } = useRoute('roles.list', {})
  const local = useLocal()
  return (role) => {
    const found = roles?.find(({ id }) => id === role)
    return found ? local(found.name) : role
  }
}
