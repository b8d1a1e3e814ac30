/**
 * A text with choices: `{plain|richer}` is one of its options, `<nom>` the value of a slot, and `<g:m|f|n>` the form that
 * agrees with the slot `g`. Nothing nests.
 */
const CHOICE = /\{([^{}]*)\}/
const SLOT = /<(?:g:([^<>|]*)\|([^<>|]*)\|([^<>]*)|([a-z]+))>/g
const PLACE = /\{[^{}]*\}|<[^<>]*>/

export type Slots = Readonly<Record<string, string>>

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** The text with the values of its slots, and its choices as they stand. */
export const fillSlots = (template: string, slots: Slots): string =>
  template.replace(SLOT, (_whole, masculine: string, feminine: string, neuter: string, slot: string | undefined) => {
    if (slot !== undefined) return slots[slot] ?? ''
    if (slots['g'] === 'f') return feminine
    return slots['g'] === 'n' ? neuter : masculine
  })

/** The text with each choice made by `choose`. */
export const render = (template: string, slots: Slots, choose: (options: string[]) => string): string =>
  capitalised(
    fillSlots(template, slots).replace(new RegExp(CHOICE, 'g'), (_whole, options: string) => choose(options.split('|')))
  )

/** Every text a template can become. */
export const realisations = (template: string, slots: Slots): string[] => {
  const filled = fillSlots(template, slots)
  const choice = CHOICE.exec(filled)
  if (choice === null) return [capitalised(filled)]
  const before = filled.slice(0, choice.index)
  const after = filled.slice(choice.index + choice[0].length)
  return (choice[1] ?? '').split('|').flatMap((option) => realisations(before + option + after, slots))
}

/** The longest stretch that is the same in all realisations: where it stands, the template was used. */
export const anchorOf = (template: string): string =>
  template
    .split(new RegExp(PLACE, 'g'))
    .map((part) => spaced(part))
    .reduce((longest, part) => (part.length > longest.length ? part : longest), '')

/** Text with all white space as single spaces, so that line breaks do not hide a match. */
export const spaced = (text: string): string => text.replace(/\s+/g, ' ').trim()
