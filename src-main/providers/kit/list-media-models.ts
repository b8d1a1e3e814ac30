import { z } from 'zod'
import type { MediaModel, Voice } from '@contract/entities/stage'
import { badAnswer, tooLarge } from './failures'
import { getJson } from './get-json'
import { limits } from './limits'
import { ListPage, listPages } from './list-pages'
import { valueAt } from './number-at'
import type { MediaDefinition } from '@main/providers/spec/definition'
import type { MediaAdapter } from '@main/providers/spec/media'
import type { Connection } from '@main/providers/spec/protocol'

type List = NonNullable<MediaDefinition['list']>

/** Characters. */
const name = z.string().min(1).max(300)
/** A voice is listed by its name alone, or as an object. */
const ListedVoice = z.union([
  name.transform((id) => ({ id, name: id, languages: [] })),
  z.looseObject({ id: name, name: name.optional() }).transform((voice) => ({
    id: voice.id,
    name: voice.name ?? voice.id,
    languages: [],
  })),
])
const MOST_VOICES = 2000

/** Lists what a provider offers for a kind of stage, as its definition says where: for every adapter. */
export const listMediaModels: MediaAdapter['listModels'] = async function* (connection, definition, signal) {
  const { list, loaded, models } = definition
  if (loaded && valueAt(await getJson(connection, loaded.path, signal), loaded.field) !== true) return
  if (!list) {
    signal.throwIfAborted()
    yield models
    return
  }
  const seen = new Set<string>()
  const ask = (path: string) => askPage(connection, list, path, signal)
  for await (const rows of listPages(connection, list.path, ask)) {
    const fresh = rows.flatMap((row) => modelOf(definition, list, row)).filter(({ model }) => !seen.has(model))
    for (const { model } of fresh) seen.add(model)
    if (seen.size > limits.models) throw tooLarge(connection, 'models')
    yield fresh
  }
}

async function askPage(connection: Connection, list: List, path: string, signal: AbortSignal): Promise<ListPage> {
  const answer = await getJson(connection, path, signal)
  const rows = Array.isArray(answer) ? answer : valueAt(answer, list.rows)
  const page = ListPage.safeParse({ ...(typeof answer === 'object' ? answer : {}), data: rows })
  if (!page.success) throw badAnswer(connection, 'wrong_shape')
  return page.data
}

/** What is known of a model that its provider does not tell; null where nothing is. */
export const mediaFactsOf = ({ modelFacts }: Pick<MediaDefinition, 'modelFacts'>, model: string) =>
  modelFacts.find(({ pattern }) => new RegExp(pattern, 'i').test(model)) ?? null

/** What a listed row says; nothing when it is no model of this kind. */
function modelOf(definition: MediaDefinition, list: List, row: unknown): MediaModel[] {
  const id = name.safeParse(valueAt(row, list.id))
  if (!id.success || !new RegExp(list.pattern, 'i').test(id.data)) return []
  const model = id.data
  const facts = mediaFactsOf(definition, model)
  return [
    {
      model,
      name: name.safeParse(valueAt(row, list.name)).data ?? model,
      voices: voicesOf(row, list) ?? facts?.voices ?? null,
      price: facts?.price ?? null,
      longestText: facts?.longestText ?? null,
    },
  ]
}

function voicesOf(row: unknown, { voices: path }: List): Voice[] | null {
  const listed = path === null ? undefined : valueAt(row, path)
  if (!Array.isArray(listed)) return null
  const voices = listed.slice(0, MOST_VOICES).flatMap((voice) => ListedVoice.safeParse(voice).data ?? [])
  return voices.length > 0 ? voices : null
}
