import type { PresetId, ServerId, StoryId, TokenId } from '@contract/ids'
import type { ImportChoices, ImportPlan } from '@contract/routes/files'
import type { Language } from '@contract/values'
import type { ModelChoice } from '@renderer/domain/model-picker/model-choice'

export type ConflictChoice = 'keep_both' | 'replace' | 'skip'

type Item = ImportPlan['items'][number]

export type PassageEnds = NonNullable<ImportChoices['passages']>

export interface Choices {
  conflicts: Readonly<Record<string, ConflictChoice>>
  tokens: Readonly<Record<string, TokenId>>
  servers: Readonly<Record<string, ServerId>>
  models: Readonly<Record<string, ModelChoice>>
  /** Of a foreign preset; null: the one that its file names. */
  model: ModelChoice | null
  /** Where characters and lore come into; null: a new world, called as main says. */
  world: NonNullable<ImportChoices['world']> | null
  /** The story that takes this world from now on; null for none. */
  story: StoryId | null
  /** Whose Writer gets an imported prompt; null: a copy of the default preset. */
  preset: PresetId | null
  /** Where the passages of a text end. */
  passages: PassageEnds
}

export const noChoices: Choices = {
  conflicts: {},
  tokens: {},
  servers: {},
  models: {},
  model: null,
  world: null,
  story: null,
  preset: null,
  passages: 'scene',
}

export const choiceOf = (choices: Choices, item: Item): ConflictChoice => choices.conflicts[item.key] ?? 'keep_both'

/** The choices as main takes them. */
export const chosen = (choices: Choices, language: Language): ImportChoices => {
  const { conflicts, tokens, servers, models, story } = choices
  return { conflicts, tokens, servers, models, ...(story ? { story } : {}), ...previewed(choices, language) }
}

/** The choices on which a plan depends. */
export const previewed = ({ model, world, preset, passages }: Choices, language: Language) => ({
  ...(model ? { model } : {}),
  ...(world ? { world } : {}),
  ...(preset ? { preset } : {}),
  ...(passages === 'scene' ? {} : { passages }),
  language,
})

/** Whether anything would be written. */
export const bringsAnything = (plan: Pick<ImportPlan, 'items' | 'newWorld'>, choices: Choices): boolean =>
  !isNameless(choices.world) &&
  (linksHere(plan, choices) ||
    plan.items.some(
      (item) => item.conflict !== 'same' && (item.conflict === null || choiceOf(choices, item) !== 'skip')
    ))

/** A story can take a world that has all of it already. */
const linksHere = ({ newWorld }: Pick<ImportPlan, 'newWorld'>, { story, world }: Choices): boolean =>
  newWorld !== null && story !== null && world !== null && 'id' in world

/** A new world must be called something. */
const isNameless = (world: Choices['world']): boolean => world !== null && 'name' in world && world.name.trim() === ''
