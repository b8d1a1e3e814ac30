import { chooseSetting } from './choose-setting'
import { composePassage, type PassageKind } from './compose-passage'
import { readConversation } from './conversation'
import type { DemoParameters } from './demo-parameters'
import { DEMO_POET } from './demo-models'
import type { DemoRequest } from './demo-request'
import { echoesOf } from './echo'
import { finishSentence } from './finish-sentence'
import { makeText } from './make-thing'
import { materials } from './material'
import { createPen } from './pen'
import { planPassage } from './plan-passage'
import { retell } from './retell'
import { rewriteDraft } from './rewrite-draft'
import { hashText, seededRandom } from './seeded-random'
import { asVerse } from './verse'
import { writePoem } from './write-poem'

/** The answer to a request for text: the same for the same model, messages, seed and temperature. */
export const writeStory = (request: DemoRequest, parameters: DemoParameters): string => {
  const { model, messages } = request
  const retold = retell(messages)
  if (retold !== null) return retold
  const poem = writePoem(messages, parameters.seed)
  if (poem !== null) return poem
  const made = makeText(messages)
  if (made !== null) return made
  const conversation = readConversation(messages)
  const { language, line, draft, told, unfinished } = conversation
  const material = materials[language]
  const setting = chooseSetting(material, conversation)
  if (!setting) return ''

  const random = seededRandom(hashText(JSON.stringify([parameters.seed, model, messages])))
  const pen = createPen(parameters, random, `${told}\n${draft ?? ''}`)
  if (draft !== null && draft.trim() !== '') return rewriteDraft(draft, pen, material)

  const planned = planPassage(messages, pen, setting, material)
  if (planned !== null) return planned

  const inVerse = model === DEMO_POET
  const compose = (kind: PassageKind, answered: string | null): string => {
    const echoes = answered === null ? [] : echoesOf(answered, language, material)
    const paragraphs = composePassage(inVerse ? 'poem' : kind, pen, setting, material, echoes)
    return inVerse ? asVerse(paragraphs) : paragraphs.join('\n\n')
  }

  if (unfinished !== null) {
    const lines = messages.filter((message) => message.role === 'user').map((message) => message.content)
    const echoes = lines.flatMap((text) => echoesOf(text, language, material))
    return `${finishSentence(unfinished, material, echoes)}\n\n${compose('rest', null)}`
  }
  return compose(told.trim() === '' ? 'first' : 'next', line)
}
