import { create } from 'zustand'
import type { RoleId, StoryId } from '@contract/ids'

interface AskedRolesStore {
  asked: Record<StoryId, readonly RoleId[]>
  ask(storyId: StoryId, roles: readonly RoleId[]): void
}

const NOBODY: readonly RoleId[] = []

/**
 * The roles that are to work in the next turn of each story, beside those whose turn it is. The composer asks for them;
 * the dry run and the context meter count them in.
 */
export const useAskedRolesStore = create<AskedRolesStore>()((set) => ({
  asked: {},
  ask: (storyId, roles) => set((state) => ({ asked: { ...state.asked, [storyId]: roles } })),
}))

export const useAskedRoles = (storyId: StoryId): readonly RoleId[] =>
  useAskedRolesStore(({ asked }) => asked[storyId] ?? NOBODY)

/** For routes that take it; nothing where nobody is asked, so that all of them share one answer then. */
export const askedInput = (roles: readonly RoleId[]): { roles?: RoleId[] } =>
  roles.length > 0 ? { roles: [...roles] } : {}
