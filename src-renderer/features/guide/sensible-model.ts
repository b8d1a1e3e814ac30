import type { Model } from '@contract/entities/model'

/** What fits beside its context into the graphics memory that many computers have; more is slow where it does not. */
const COMFORTABLE_BYTES = 10_000_000_000

/** Models made for other work than stories, by the words in their names. */
const OTHER_WORK =
  /\b(code\w*|\w*coder|math\w*|guard\w*|ocr|sql\w*|translat\w*|medical|vision|\w*vl|embed\w*|rerank\w*)\b/i

/**
 * The model to begin with among those on the user's own computers: one that is made for text, and of these the largest that
 * runs well almost anywhere, else the smallest. Null where there is none.
 */
export function sensibleModel(models: readonly Model[]): Model | null {
  const local = preferred(models, ({ local }) => local)
  const forText = preferred(local, ({ model }) => !OTHER_WORK.test(model.replaceAll(/[_.:/]/g, ' ')))
  const size = (model: Model) => model.size ?? Infinity
  const comfortable = forText.filter((model) => size(model) <= COMFORTABLE_BYTES)
  return comfortable.length > 0
    ? comfortable.reduce((best, model) => (size(model) > size(best) ? model : best))
    : forText.reduce<Model | null>((best, model) => (best && size(best) <= size(model) ? best : model), null)
}

/** Those that fit, or all where none does. */
function preferred(models: readonly Model[], fits: (model: Model) => boolean): readonly Model[] {
  const fitting = models.filter(fits)
  return fitting.length > 0 ? fitting : models
}
