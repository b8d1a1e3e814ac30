import { CommonError, FabulaError } from '@contract/errors'

/**
 * Things that are loaded when they are first asked for, by their names. Those that were loaded are kept: asking the module
 * loader again takes longer than a request needs.
 *
 * @param what the field of a provider's file that names them
 * @returns throws `not_found` for a name that this version of Fabula does not have
 */
export function loadOnce<Thing>(
  what: string,
  loaders: Readonly<Record<string, () => Promise<Thing>>>
): (id: string) => Promise<Thing> {
  const loaded = new Map<string, Thing>()
  return async (id) => {
    const known = loaded.get(id)
    if (known) return known
    const load = Object.hasOwn(loaders, id) ? loaders[id] : undefined
    if (!load)
      throw new FabulaError(CommonError.NotFound, `There is no ${what} "${id}"`, { details: { path: what, name: id } })
    const thing = await load()
    loaded.set(id, thing)
    return thing
  }
}
