import { sameJson } from '@contract/json'
import { FabulaError, FileError } from '@contract/errors'
import type { Stores } from '@main/data/stores'
import type { RoleRegistry } from '@main/settings/role-registry'
import { emptyRoles } from './resolve-presets'
import { usersOfModelConfigs } from '@main/settings/users-of'
import { usersOfProviders } from './used-here'
import { undoLinks, undoStories, undoWorlds } from './undo-worlds'
import { undoTemplates } from './write-templates'
import { replacePreset, type WrittenImport } from './write-import'

/**
 * Puts everything back as it was before an import. Throws `undo_gone` when something that came in was changed since, and
 * `undo_in_use` when something else needs it by now. Runs inside the caller's transaction, which a refusal undoes.
 */
export function undoImport(
  { stores, roles }: { stores: Stores; roles: RoleRegistry },
  written: WrittenImport,
  now: string
): void {
  const { providers, modelConfigs, presets } = written
  undoStories(stores, written, now)
  undoLinks(stores, written, now)
  undoWorlds(stores, written, now)
  undoTemplates(stores, written.templates, now)
  for (const { after } of providers) refuseChanged(after.name ?? after.slug, stores.providers.get(after.id), after)
  for (const { after } of modelConfigs) refuseChanged(after.name, stores.modelConfigs.get(after.id), after)
  for (const { after, stories } of presets) {
    refuseChanged(after.name, stores.presets.get(after.id), after)
    const since = stores.presets.storiesOf(after.id).filter(({ id }) => !stories.includes(id))
    refuseUsed(
      after.name,
      since.map(({ title }) => title)
    )
  }

  for (const { before, after } of presets)
    if (before) replacePreset(stores, { ...before, roles: { ...emptyRoles(roles), ...before.roles } })
    else stores.presets.remove(after.id)
  const [next] = stores.presets.ids()
  if (next && stores.presets.defaultId() === null) stores.presets.setDefault(next)

  const configUsers = usersOfModelConfigs(stores)
  for (const { before, after } of modelConfigs) {
    if (before?.kind !== after.kind)
      refuseUsed(
        after.name,
        configUsers.get(after.id)?.map(({ name }) => name)
      )
    if (before) stores.modelConfigs.update(before)
    else stores.modelConfigs.remove(after.id)
  }
  const providerUsers = usersOfProviders(stores)
  for (const { before, after } of providers)
    if (before) stores.providers.update(before, now)
    else {
      refuseUsed(after.name ?? after.slug, providerUsers.get(after.id))
      stores.providers.remove(after.id)
    }
}

function refuseChanged(name: string, current: object | null, after: object): void {
  if (!sameJson(current, after))
    throw new FabulaError(FileError.UndoGone, `${name} was changed since the import`, { details: { name } })
}

function refuseUsed(name: string, users: readonly string[] = []): void {
  if (users.length > 0)
    throw new FabulaError(FileError.UndoInUse, `${name} is used by ${users.join(', ')}`, {
      details: { name, users: [...users] },
    })
}
