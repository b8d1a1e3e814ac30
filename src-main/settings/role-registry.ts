import { z } from 'zod'
import { FabulaError, PresetError } from '@contract/errors'
import { Role } from '@contract/entities/preset'
import { RoleId } from '@contract/ids'
import builtIn from '@resources/roles.json'

/** The jobs that models do in a story. A new role is one more entry of `resources/roles.json`. */
export interface RoleRegistry {
  list(): readonly Role[]
  has(id: string): boolean
  /** Whether it is a role that a chat model plays. */
  hasChat(id: string): boolean
  /** Throws `role_unknown`. */
  get(id: RoleId): Role
}

export const MAIN = RoleId.parse('main')
export const STORYTELLER = RoleId.parse('storyteller')
export const DIRECTOR = RoleId.parse('director')
export const GUARD = RoleId.parse('guard')
export const SUMMARIZER = RoleId.parse('summarizer')
export const MEMORY = RoleId.parse('rag')

export function createRoleRegistry(entries: unknown = builtIn): RoleRegistry {
  const roles = z.array(Role).parse(entries)
  const byId = new Map<string, Role>(roles.map((role) => [role.id, role]))
  return {
    list: () => roles,
    has: (id) => byId.has(id),
    hasChat: (id) => byId.get(id)?.kind === 'chat',
    get: (id) => {
      const role = byId.get(id)
      if (!role) throw new FabulaError(PresetError.RoleUnknown, `No role is called ${id}`, { details: { role: id } })
      return role
    },
  }
}
