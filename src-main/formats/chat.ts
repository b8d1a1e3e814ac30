import { z } from 'zod'
import type { VoiceInPrompt } from '@contract/entities/world'
import { JsonObject, type JsonValue } from '@contract/values'
import { FabulaError, FileError } from '@contract/errors'
import { faultOf } from './file-fault'
import { faultIn } from './json-fault'
import { objectAt, without } from './known-fields'
import { refuseHostile } from './read-json'
import { looseNumber, looseSwitch, looseText } from './loose'

/** One of the texts that stand at a place of a chat. */
export interface ChatText {
  text: string
  /** What wrote it, where the file says so. */
  writtenBy: { program: string; model: string } | null
  /** What Fabula does not know of it, to be written back. */
  extra: JsonObject
}

/** A place of a chat: a message with its swipes. */
export interface ChatPassage {
  isWriter: boolean
  /** SillyTavern shows it and does not send it to models. */
  isHidden: boolean
  /** Who says it. */
  name: string
  /** ISO-8601; null where the file has no date that can be read. */
  writtenAt: string | null
  texts: readonly ChatText[]
  /** Which of the texts is shown. */
  chosen: number
}

/** A chat of SillyTavern, as a file of lines has it. */
export interface ReadChat {
  userName: string
  characterName: string
  /** The name of the chat that this one was branched off from. */
  branchOf: string | null
  note: { text: string; depth: number | null } | null
  passages: ChatPassage[]
  extra: JsonObject
}

/** A file with more messages is refused: no story has so many. */
const MOST_PASSAGES = 200_000

const Line = z.object({
  name: looseText,
  is_user: looseSwitch,
  is_system: looseSwitch,
  mes: z.string({ error: 'must be text' }).transform((text) => text.replaceAll(/\p{Cs}/gu, '\ufffd')),
  swipes: z.array(looseText, { error: 'must be a list of texts' }).nullable().default(null),
  swipe_id: looseNumber,
})

const Head = z.object({ user_name: looseText, character_name: looseText })

/** Whether a text is a chat: lines of JSON, of which the first is the head of a chat or a message. */
export function isChat(text: string): boolean {
  const [line] = linesOf(text)
  const json = Unchecked.safeParse(line && parsed(line.text))
  return json.success && (isHead(json.data) || isMessage(json.data))
}

/** An object that may hold anything: it is not looked into any deeper yet. */
const Unchecked = z.record(z.string(), z.unknown())
type Unchecked = z.infer<typeof Unchecked>

const isHead = (json: Unchecked): boolean =>
  json['mes'] === undefined &&
  (json['chat_metadata'] !== undefined || (json['user_name'] !== undefined && json['character_name'] !== undefined))

const isMessage = (json: Unchecked): boolean =>
  json['mes'] !== undefined && (json['is_user'] !== undefined || json['name'] !== undefined)

/**
 * Reads a chat line by line; between two lines others can work. Throws `file_not_json` with the line, and `file_invalid`
 * with the line and the field (`line 12.mes`).
 */
export function* readChat(text: string): Generator<undefined, ReadChat> {
  let head: JsonObject = {}
  const passages: ChatPassage[] = []
  let isFirst = true
  for (const line of linesOf(text)) {
    const json = objectOn(line)
    if (json === null) throw notJson(line)
    if (isFirst && isHead(json)) head = json
    else if (passages.length < MOST_PASSAGES) passages.push(passageOf(json, line.number))
    else throw new FabulaError(FileError.TooLarge, 'The chat is too long', { details: { limit: MOST_PASSAGES } })
    isFirst = false
    yield
  }
  const names = Head.safeParse(head)
  if (!names.success) throw faultOf(names.error, ['line 1'])
  const metadata = objectAt(head, 'chat_metadata')
  const other = passages.find(({ isWriter }) => !isWriter)
  const writer = passages.find(({ isWriter }) => isWriter)
  return {
    // Newer programs write “unused” there; the messages know better.
    userName: nameOr(names.data.user_name, writer?.name),
    characterName: nameOr(names.data.character_name, other?.name),
    branchOf: typeof metadata['main_chat'] === 'string' && metadata['main_chat'] !== '' ? metadata['main_chat'] : null,
    note: noteOf(metadata),
    passages,
    extra: head,
  }
}

const nameOr = (name: string, otherwise = ''): string => (name === '' || name === 'unused' ? otherwise : name)

function noteOf(metadata: JsonObject): ReadChat['note'] {
  const { note_prompt: text, note_depth: depth } = metadata
  if (typeof text !== 'string' || text.trim() === '') return null
  return { text, depth: typeof depth === 'number' && Number.isInteger(depth) && depth >= 0 ? depth : null }
}

interface TextLine {
  number: number
  text: string
}

/** The lines of a text that are not empty, numbered from 1. */
function* linesOf(text: string): Generator<TextLine> {
  let number = 0
  for (let start = text.startsWith('\ufeff') ? 1 : 0; start < text.length;) {
    const found = text.indexOf('\n', start)
    const end = found < 0 ? text.length : found
    number += 1
    const line = text.slice(start, end).trim()
    if (line !== '') yield { number, text: line }
    start = end + 1
  }
}

/** Undefined for what is no JSON. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** The object on a line, which has no more in it than a file may have; null where there is none. */
function objectOn({ number, text }: TextLine): JsonObject | null {
  const json = parsed(text)
  refuseHostile(json, [`line ${number}`])
  const object = JsonObject.safeParse(json)
  return object.success ? object.data : null
}

function notJson({ number, text }: TextLine): FabulaError {
  return new FabulaError(FileError.NotJson, `Line ${number} of the chat is not JSON`, {
    details: { ...faultIn(text), line: number },
  })
}

function passageOf(json: JsonObject, number: number): ChatPassage {
  const line = Line.safeParse(json)
  if (!line.success) throw faultOf(line.error, [`line ${number}`])
  const { name, is_user: isUser, is_system: isHidden, mes, swipes } = line.data
  const listed = swipes ?? []
  const shown = line.data.swipe_id ?? 0
  const isListed = listed[shown] === mes
  // What is shown may have been edited since it was a swipe: both stay.
  const texts = isListed ? listed : [...listed, mes]
  const chosen = isListed ? shown : texts.length - 1
  const infos = Array.isArray(json['swipe_info']) ? json['swipe_info'] : []
  const message = without(json, 'mes', 'swipes', 'swipe_id', 'swipe_info')
  return {
    isWriter: isUser === true,
    isHidden: isHidden === true,
    name,
    writtenAt: momentOf(json['send_date']),
    texts: texts.map((text, index) => {
      const info = infos[index]
      const own = index === chosen ? objectAt(json, 'extra') : objectAt(JsonObject.safeParse(info).data ?? {}, 'extra')
      return {
        text,
        writtenBy: isUser === true ? null : writerOf(own),
        extra: {
          ...(info === undefined ? {} : { swipe: info }),
          // A message without swipes is written without them again.
          ...(index === chosen ? { message, ...(swipes === null ? { single: true } : {}) } : {}),
        },
      }
    }),
    chosen,
  }
}

function writerOf(extra: JsonObject): ChatText['writtenBy'] {
  const { api, model } = extra
  if (typeof model !== 'string' || model === '') return null
  return { program: typeof api === 'string' && api !== '' ? api : 'SillyTavern', model }
}

/** Moments as SillyTavern wrote them over the years: ISO, milliseconds, `2023-6-19 @14h 20m 5s 12ms`, `June 19, 2023 2:20pm`. */
function momentOf(value: JsonValue | undefined): string | null {
  if (typeof value !== 'number' && typeof value !== 'string') return null
  const dated = typeof value === 'string' ? /^(\d+)-(\d+)-(\d+)\s*@\s*(\d+)h\s*(\d+)m(?:\s*(\d+)s)?/.exec(value) : null
  const date = dated
    ? new Date(...withMonth(dated.slice(1).map((part) => Number(part ?? 0))))
    : new Date(typeof value === 'string' && /^\d{12,}$/.test(value) ? Number(value) : spaced(value))
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999 || date.getUTCFullYear() < 1
    ? null
    : date.toISOString()
}

const withMonth = ([year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0]: readonly number[]) =>
  [year, month - 1, day, hour, minute, second] as const

/** `2:20pm` is read only with a space in it. */
const spaced = (value: string | number) => (typeof value === 'string' ? value.replace(/(\d)(am|pm)$/i, '$1 $2') : value)

/** One of the texts at a place that is to be written as a chat. */
export interface WrittenText extends Pick<ChatText, 'text' | 'writtenBy' | 'extra'> {
  /** ISO-8601. */
  writtenAt: string
  /** Tokens of the answer, as its provider counted them. */
  tokens: number | null
}

/** A place of a story that is to be written as a chat. */
export interface WrittenPassage {
  isWriter: boolean
  texts: readonly WrittenText[]
  chosen: number
}

/** A note among the passages: how many of them come after it, and who says it. */
export interface WrittenNote {
  text: string
  depth: number
  voice: VoiceInPrompt
}

/** The lines of a chat file: its head, and one for each place. What was kept of the file that it came from goes back in. */
export function* writeChat(chat: {
  userName: string
  characterName: string
  createdAt: string
  note: WrittenNote
  extra: JsonObject
  passages: Iterable<WrittenPassage>
}): Generator<string> {
  const { userName, characterName, createdAt, note, extra } = chat
  const head: JsonObject = {
    user_name: userName,
    character_name: characterName,
    create_date: createdAt,
    ...extra,
    chat_metadata: withNote(objectAt(extra, 'chat_metadata'), note),
  }
  yield JSON.stringify(head)
  for (const passage of chat.passages) yield JSON.stringify(lineOf(passage, userName, characterName))
}

/** In the order of SillyTavern's `extension_prompt_roles`. */
const voices: readonly VoiceInPrompt[] = ['system', 'user', 'assistant']
/** Of its `extension_prompt_types`: among the messages. */
const IN_CHAT = 1

/** What a chat says of itself, with the note as it is now. One that is as the file had it says nothing more. */
function withNote(metadata: JsonObject, { text, depth, voice }: WrittenNote): JsonObject {
  const before = noteOf(metadata)
  const isSame = before === null ? text === '' : before.text === text && (before.depth ?? depth) === depth
  if (isSame) return metadata
  return {
    note_interval: 1,
    note_position: IN_CHAT,
    note_role: voices.indexOf(voice),
    ...metadata,
    note_prompt: text,
    note_depth: depth,
  }
}

function lineOf({ isWriter, texts, chosen }: WrittenPassage, userName: string, characterName: string): JsonObject {
  const shown = texts[chosen]
  const kept = shown ? objectAt(shown.extra, 'message') : {}
  const message: JsonObject = {
    name: isWriter ? userName : characterName,
    is_user: isWriter,
    is_system: false,
    send_date: shown?.writtenAt ?? '',
    extra: shown ? writerIn(shown) : {},
    ...kept,
    mes: shown?.text ?? '',
  }
  if (texts.length < 2 && (isWriter || shown?.extra['single'] === true)) return message
  return {
    ...message,
    swipe_id: chosen,
    swipes: texts.map(({ text }) => text),
    swipe_info: texts.map((one) => one.extra['swipe'] ?? { send_date: one.writtenAt, extra: writerIn(one) }),
  }
}

const writerIn = ({ writtenBy, tokens }: WrittenText): JsonObject =>
  writtenBy
    ? { api: writtenBy.program, model: writtenBy.model, ...(tokens === null ? {} : { token_count: tokens }) }
    : {}
