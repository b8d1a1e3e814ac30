import {
  isActionsGroup,
  type SpotlightActionData,
  type SpotlightActionGroupData,
  type SpotlightFilterFunction,
} from '@mantine/spotlight'

/** How well a name fits what was typed: the smaller, the better; null when it does not. */
function fit(label: string, query: string): number | null {
  const name = label.toLocaleLowerCase()
  if (name.startsWith(query)) return 0
  const words = query.split(/\s+/)
  const inName = name.split(/[\s—–:,.()«»“”]+/)
  if (words.every((word) => inName.some((part) => part.startsWith(word)))) return 1
  return words.every((word) => name.includes(word)) ? 2 : null
}

// Drawn anew for each word, the first line is the one that Enter takes, wherever the choice stood before.
const selected = { 'data-selected': true }

/**
 * The commands whose names have all the words, the best fit first; of two that fit alike, the one that stands first in
 * the whole list. With nothing typed, all of them in their groups.
 */
export const filterCommands: SpotlightFilterFunction = (typed, all) => {
  const query = typed.trim().toLocaleLowerCase()
  if (query === '') return all
  const commands: SpotlightActionData[] = all.flatMap((each) => (isActionsGroup(each) ? each.actions : [each]))
  return commands
    .flatMap((command) => {
      const rank = fit(command.label ?? '', query)
      return rank === null ? [] : [{ command, rank }]
    })
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ command }, place) => ({ ...command, ...(place === 0 ? selected : {}), id: `${query}/${command.id}` }))
}

type Found = SpotlightActionData | SpotlightActionGroupData

/** So many commands from the beginning of the list, in their groups; of a group of which none is left, nothing. */
export function firstCommands(all: readonly Found[], most: number): Found[] {
  let left = most
  return all.flatMap((each): Found[] => {
    const actions = (isActionsGroup(each) ? each.actions : [each]).slice(0, left)
    left -= actions.length
    if (!isActionsGroup(each)) return actions
    return actions.length > 0 ? [{ ...each, actions }] : []
  })
}
