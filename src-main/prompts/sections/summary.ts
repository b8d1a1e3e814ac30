import type { Summary } from '@contract/entities/summary'
import { estimateTokens, TOKENS_PER_MESSAGE } from '@main/platform/token-estimate'
import type { PromptMaterial, Section, SectionFit } from '@main/prompts/section'

/** The summary gets no more than this of a window that it shares with the newest passages. */
const SHARE = 0.25

/** The story so far in short: of the passages that there is no room for. */
export const summary: Section = {
  id: 'summary',
  name: { en: 'Summary', ru: 'Пересказ' },
  variable: {
    name: 'summary',
    kind: 'section',
    help: {
      en: 'The story so far in short: what the recent text no longer shows.',
      ru: 'Пересказ: то, чего уже нет в последнем тексте.',
    },
  },
  priority: 50,
  minimum: 0,
  elasticity: SHARE,
  content: (material) => (material.soFar.summaries.length === 0 ? null : { fit: (room) => fitSummary(material, room) }),
}

const tokensOf = (summaries: readonly Summary[]) =>
  summaries.length === 0 ? 0 : estimateTokens(textOf(summaries)) + TOKENS_PER_MESSAGE
const textOf = (summaries: readonly Summary[]) => summaries.map(({ text }) => text.trim()).join('\n\n')

function fitSummary(material: PromptMaterial, room: number): SectionFit {
  const wanted = material.soFar.summaries.filter(({ last }) => last < firstShown(material, room / SHARE - room))
  const taken = fitting(wanted, room)
  return {
    tokens: tokensOf(taken),
    leftOut: () => coarsest(wanted).length - coarsest(taken).length,
    messages: () => (taken.length === 0 ? [] : [{ role: 'user', content: textOf(taken) }]),
  }
}

/** The depth of the oldest passage that is sent when the passages have so much room; all that come before it are not. */
function firstShown({ history, soFar }: PromptMaterial, room: number): number {
  let left = room
  for (const { id, tokens } of history.sizes()) {
    left -= tokens + TOKENS_PER_MESSAGE
    if (left < 0) return soFar.depthOf(id) + 1
  }
  return 0
}

/** The summaries of the highest levels, without those that are already part of another one. */
function coarsest(all: readonly Summary[]): Summary[] {
  const above = all.toSorted((a, b) => b.level - a.level || a.first - b.first)
  const taken: Summary[] = []
  for (const one of above) if (!taken.some((other) => covers(other, one))) taken.push(one)
  return taken.toSorted((a, b) => a.first - b.first)
}

const covers = (above: Summary, one: Summary) =>
  above.level > one.level && above.first <= one.first && above.last >= one.last

/**
 * What fits: the coarsest first, the newest of them where not even those fit; then, the newest first, the finer ones in the
 * place of a coarse one as far as there is room.
 */
function fitting(all: readonly Summary[], room: number): Summary[] {
  let taken: Summary[] = []
  for (const one of coarsest(all).toReversed()) {
    if (tokensOf([one, ...taken]) > room) break
    taken = [one, ...taken]
  }
  for (let at = taken.length - 1; at >= 0; at -= 1) {
    const coarse = taken[at]
    if (!coarse || coarse.level === 0) continue
    const finer = coarsest(all.filter((one) => covers(coarse, one)))
    const refined = [...taken.slice(0, at), ...finer, ...taken.slice(at + 1)]
    if (finer.length === 0 || tokensOf(refined) > room) break
    taken = refined
    // What came in its place may be refined, too.
    at += finer.length
  }
  return taken
}
