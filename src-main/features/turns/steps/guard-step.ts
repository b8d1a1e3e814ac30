import type { RoleWork } from '@contract/entities/model-config'
import type { Contradiction, GuardEnd } from '@contract/entities/turn-results'
import { DRAFT } from '@main/prompts/notes'
import { GUARD } from '@main/settings/role-registry'
import { askJson } from './ask-json'
import { checkedContradictions, Verdict, verdictSchema } from './guard-answer'
import { openBudget, type Budget } from './step-budget'
import type { StepDesk, WorkStep } from './turn-step'

/** What the Guard may take in a turn where its settings do not say. */
const usualGuardWork = {
  rewrites: 2,
  maxTokens: 200_000,
  maxCost: 0.5,
  maxSeconds: 300,
} as const satisfies RoleWork

/**
 * The Guard holds the draft against the canon. Where it contradicts, the Writer writes it again, as often as the Guard's
 * settings and its budget allow; what is left then goes on with a note.
 */
export const guardStep: WorkStep = {
  role: GUARD,
  optional: true,
  prompt: () => ({ voice: GUARD }),
  becomes: 'work',
  says: 'guard',
  take: async (desk) => {
    const work = { ...usualGuardWork, ...desk.work }
    const budget = openBudget(desk, work)
    try {
      await watch(desk, work.rewrites, budget)
    } finally {
      budget.close()
    }
  },
}

async function watch(desk: StepDesk, most: number, budget: Budget): Promise<void> {
  let rewrites = 0
  const end = (contradictions: readonly Contradiction[], why: GuardEnd | null) =>
    desk.say({
      kind: 'guard',
      outcome: contradictions.length === 0 ? 'passed' : 'open',
      rewrites,
      contradictions: contradictions.length,
      end: why,
    })
  let known: Contradiction[] = []
  for (;;) {
    try {
      known = await check(desk, budget)
    } catch (error) {
      if (!budget.isOver() || desk.signal.aborted) throw error
      return end(known, 'time')
    }
    // Minor contradictions, and those that quote what the draft does not say, are shown but cause no rewrite.
    const grave = known.filter(({ severity, quoteFound }) => severity !== 'low' && quoteFound)
    if (grave.length === 0) return end(known, null)
    const spent = rewrites === most ? 'rewrites' : budget.spent()
    if (spent) return end(known, spent)
    try {
      budget.take(await desk.redraft(remarksOf(grave), budget.signal))
    } catch (error) {
      if (desk.signal.aborted) throw error
      // The rewrite did not work out: the turn goes on with the draft it has.
      if (!budget.isOver()) desk.fault(error)
      return end(known, budget.isOver() ? 'time' : 'failed')
    }
    rewrites += 1
  }
}

async function check(desk: StepDesk, budget: Budget): Promise<Contradiction[]> {
  const verdict = await askJson(desk, {
    prompt: guardStep.prompt(desk.scene),
    schema: verdictSchema,
    shape: Verdict,
    signal: budget.signal,
    onAnswer: budget.take,
  })
  const draft = desk.scene.notes.get(DRAFT)
  const contradictions = checkedContradictions(verdict, draft && 'text' in draft ? draft.text : '', desk.scene)
  desk.report({ kind: 'verdict', contradictions })
  return contradictions
}

/** What the Writer is to mend. */
export const remarksOf = (contradictions: readonly Contradiction[]): string =>
  contradictions
    .map(({ quote, canon, why }, index) => `${index + 1}. «${quote}»${canon === '' ? '' : ` ≠ «${canon}»`}: ${why}`)
    .join('\n')
