import type { Language } from '@contract/values'
import type { TextMessage } from '@main/providers/spec/chat'
import en from '@resources/demo/poems.en.json'
import ru from '@resources/demo/poems.ru.json'
import { hashText, seededRandom, type Random } from './seeded-random'
import { asVerse } from './verse'

/** Poems that are ready, and by what words a form is asked for. Each file has what is written in its language. */
type Poems = typeof en
const all: Readonly<Record<Language, Poems>> = { en, ru }

type Form = keyof Poems['forms'] | 'quatrains'

const PASSAGE = /<passage>\n([\s\S]*?)\n<\/passage>/
/** What a poem is told of its length. */
const LINES = /(?:Length: about|Объём: примерно) (\d+)/
const USUAL_LINES = 12
const VERSES = 3

/**
 * A poem of the form that is asked for, with its title: out of the passage's own sentences where it need not rhyme, else of
 * verses that are ready. Null where no poem is asked for.
 */
export function writePoem(messages: readonly TextMessage[], seed: number): string | null {
  const system = messages.find(({ role }) => role === 'system')?.content ?? ''
  const passage = PASSAGE.exec(messages.at(-1)?.content ?? '')?.[1]
  const poems = Object.values(all).find(({ asks }) => system.includes(asks))
  if (!poems || passage === undefined) return null
  const random = seededRandom(hashText(JSON.stringify([seed, passage])))
  const [title = ''] = shuffled(poems.titles, random)
  const lines = Number(LINES.exec(system)?.[1] ?? USUAL_LINES)
  return `${title}\n\n${verses(poems, formOf(poems, system), { passage, lines }, random)}`
}

function formOf({ forms }: Poems, system: string): Form {
  const names = Object.entries(forms).flatMap(([name, asks]) => (system.includes(asks) ? [name] : []))
  return isForm(names[0]) ? names[0] : 'quatrains'
}

const isForm = (name: string | undefined): name is Form => name !== undefined && Object.hasOwn(en.forms, name)

function verses(
  poems: Poems,
  form: Form,
  { passage, lines }: { passage: string; lines: number },
  random: Random
): string {
  const some = (stanzas: readonly string[], count: number) => shuffled(stanzas, random).slice(0, Math.max(1, count))
  switch (form) {
    case 'free':
      return asVerse(passage.split(/\n\s*\n/).slice(0, 6))
    case 'couplets':
      return some(poems.couplets, Math.round(lines / 2)).join('\n\n')
    case 'sonnet':
      return some(poems.sonnets, 1).join('')
    case 'ballad':
      return some(poems.ballads, 1).join('')
    case 'haiku':
      return some(poems.haiku, lines > 3 && lines !== USUAL_LINES ? Math.round(lines / 3) : 1).join('\n\n')
    case 'limerick':
      return some(poems.limericks, 1).join('')
    case 'song': {
      const [chorus = ''] = some(poems.choruses, 1)
      return some(poems.quatrains, VERSES)
        .flatMap((verse) => [verse, chorus])
        .join('\n\n')
    }
    case 'quatrains':
      return some(poems.quatrains, Math.round(lines / 4)).join('\n\n')
  }
}

/** In an order by the dice. */
const shuffled = <Item>(items: readonly Item[], random: Random): Item[] =>
  items
    .map((item) => ({ item, place: random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item)
