import type { InputVariable } from '@contract/entities/template'
import { namesIn } from '@contract/jinja/names'
import { renameIn } from '@contract/jinja/rename'
import { engineNames } from '@contract/template-language'

/** What a version says with its variables. */
interface Said {
  system: string
  user: string
  variables: InputVariable[]
}

/**
 * A version whose variables have no name that says something in every template already: with such a one it could never be
 * saved. What is renamed is renamed in the texts, too, unless its name there is the engine's (`as_user`, `loop`).
 *
 * @param takenNames those that say something in every template
 * @param onRename is told of each new name
 */
export function renameTaken<Content extends Said>(
  content: Content,
  takenNames: ReadonlySet<string>,
  onRename: (name: string, now: string) => void
): Content {
  const { system, user, variables } = content
  const wrong = variables.filter(({ name }) => takenNames.has(name))
  if (wrong.length === 0) return content
  const used = new Set([...takenNames, ...variables.map(({ name }) => name)])
  for (const { variables: inText, own } of [namesIn(system), namesIn(user)]) {
    for (const { root } of inText) used.add(root)
    for (const name of own) used.add(name)
  }
  const names = new Map(wrong.map(({ name }) => [name, freeNameFor(name, used)]))
  const inTexts = new Map([...names].filter(([name]) => !engineNames.has(name)))
  const [renamedSystem = system, renamedUser = user] = renameIn([system, user], inTexts) ?? []
  for (const [name, now] of names) onRename(name, now)
  return {
    ...content,
    system: renamedSystem,
    user: renamedUser,
    variables: variables.map((one) => ({ ...one, name: names.get(one.name) ?? one.name })),
  }
}

function freeNameFor(name: string, used: ReadonlySet<string>): string {
  for (let number = 2; ; number += 1) {
    const free = `${name}_${number}`
    if (!used.has(free)) return free
  }
}
