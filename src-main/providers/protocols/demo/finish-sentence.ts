import type { Echo } from './echo'
import type { Material } from './material'
import { realisations, spaced } from './template'
import { wordsOf } from './word-pattern'

const ownTexts = (material: Material, echoes: readonly Echo[]): string[] => {
  const { settings, anywhere, polish } = material
  const ofSettings = settings.flatMap((setting) => [
    ...setting.openings,
    ...setting.senses,
    ...setting.events,
    ...setting.dialogues,
    ...setting.hooks,
  ])
  const plain = [...ofSettings, ...anywhere.senses, ...anywhere.events, ...anywhere.hooks]
  const polished = [...polish.openings, ...polish.cadences]
  return [
    ...[...plain, ...polished].flatMap((template) => realisations(template, {})),
    ...echoes.flatMap((echo) => echo.templates.flatMap((template) => realisations(template, echo.slots))),
  ]
}

/** Characters of a sentence by which it can be told apart, when nothing before it helps. */
const TELLING = 6

/** How an unfinished text went on, if it is the Demo's own: what it was about to say. */
const remembered = (unfinished: string, texts: readonly string[]): string | null => {
  const said = spaced(unfinished)
  const tail = said.slice(said.search(/[^.!?…]*$/)).trim()
  if (tail === '') return null
  for (const text of texts) {
    const whole = spaced(text)
    const at = whole.indexOf(tail)
    const end = at + tail.length
    if ((at > 0 || tail.length >= TELLING) && at >= 0 && said.endsWith(whole.slice(0, end))) return whole.slice(end)
  }
  return null
}

const invented = (unfinished: string, { broken }: Material): string => {
  const text = unfinished.trimEnd()
  const openQuotes = (text.match(/[“«]/g)?.length ?? 0) - (text.match(/[”»]/g)?.length ?? 0)
  if (openQuotes > 0) return broken.quote
  if (/[,;:—–-]$/.test(text)) return broken.comma
  const lastWord = wordsOf(text).at(-1) ?? ''
  return broken.after.find((ending) => ending.words.includes(lastWord))?.text ?? broken.word
}

/** The rest of a sentence that was broken off, to be put directly behind it. */
export const finishSentence = (unfinished: string, material: Material, echoes: readonly Echo[]): string => {
  const rest = remembered(unfinished, ownTexts(material, echoes)) ?? invented(unfinished, material)
  return /\s$/.test(unfinished) ? rest.trimStart() : rest
}
