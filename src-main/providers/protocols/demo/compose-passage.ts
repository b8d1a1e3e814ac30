import type { Echo } from './echo'
import type { Material, Setting } from './material'
import type { Pen } from './pen'

type Beat = 'opening' | 'echo' | 'detail' | 'sense' | 'event' | 'dialogue' | 'hook'
type Plan = readonly (readonly Beat[])[]

/** Paragraphs of a story's first passage. */
const firstPlans: readonly Plan[] = [
  [['opening'], ['echo', 'event'], ['dialogue'], ['hook']],
  [
    ['opening', 'sense'],
    ['echo', 'event', 'hook'],
  ],
  [['opening'], ['dialogue'], ['echo', 'sense', 'event'], ['hook']],
]

/** Paragraphs of a later passage. */
const nextPlans: readonly Plan[] = [
  [['echo', 'sense'], ['event'], ['dialogue'], ['hook']],
  [['echo', 'event'], ['dialogue'], ['sense', 'hook']],
  [['echo', 'detail', 'sense'], ['event'], ['hook']],
  [['echo'], ['dialogue'], ['sense', 'event'], ['hook']],
]

/** Paragraphs that follow the rest of a sentence which was broken off. */
const restPlans: readonly Plan[] = [
  [['event'], ['hook']],
  [['sense', 'event', 'hook']],
  [['dialogue'], ['sense', 'hook']],
]

/** Paragraphs that a poem is made of. */
const poemPlans: readonly Plan[] = [
  [['echo', 'sense'], ['event'], ['hook']],
  [['sense'], ['echo', 'sense'], ['hook']],
  [['sense'], ['event'], ['sense', 'hook']],
]

export type PassageKind = 'first' | 'next' | 'rest' | 'poem'

const plansFor: Readonly<Record<PassageKind, readonly Plan[]>> = {
  first: firstPlans,
  next: nextPlans,
  rest: restPlans,
  poem: poemPlans,
}

/** Joins two texts; what begins with a dash is spoken, and stands in a paragraph of its own. */
const join = (before: string, text: string): string => {
  if (before === '') return text
  return `${before}${text.startsWith('—') ? '\n\n' : ' '}${text}`
}

/** Writes a passage as paragraphs. `echoes` answer the writer's line; without them the story goes on by itself. */
export const composePassage = (
  kind: PassageKind,
  pen: Pen,
  setting: Setting,
  { anywhere }: Material,
  echoes: readonly Echo[]
): string[] => {
  let open = echoes.filter((echo) => pen.unused(echo.templates).length > 0)

  /** The plain echo, the last of all, would answer twice what a telling one has answered. */
  const answer = (choices: readonly Echo[]): string => {
    const echo = pen.pick(choices)
    if (!echo) return ''
    open = open.filter((other) => other.templates !== echo.templates)
    return pen.write(echo.templates, echo.slots)
  }

  const writers: Readonly<Record<Beat, () => string>> = {
    opening: () => pen.write(setting.openings),
    echo: () => answer(open.length > 1 ? open.slice(0, -1) : open),
    detail: () => answer(open.slice(0, -1)),
    sense: () => pen.write([...setting.senses, ...anywhere.senses]),
    event: () => pen.write([...setting.events, ...anywhere.events]),
    dialogue: () => (pen.unused(setting.dialogues).length > 0 ? pen.write(setting.dialogues) : writers.event()),
    hook: () => pen.write([...setting.hooks, ...anywhere.hooks]),
  }

  const plan = pen.pick(plansFor[kind]) ?? []
  return plan
    .map((beats) =>
      beats
        .map((beat) => writers[beat]())
        .filter((text) => text !== '')
        .reduce(join, '')
    )
    .filter((paragraph) => paragraph !== '')
}
