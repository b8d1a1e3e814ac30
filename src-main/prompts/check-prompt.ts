import type { TemplateProblem } from '@contract/entities/template-text'
import type { RoleId } from '@contract/ids'
import { promptVariables } from './prompt-variables'
import type { TemplateEngine } from './templates/template-engine'

/** The variables that a role needs for its work. A prompt may leave them out all the same. */
const needed: Record<string, readonly string[]> = {
  main: ['recent_text', 'line'],
  storyteller: ['draft'],
  guard: ['canon', 'draft'],
  rag: ['recent_text', 'found'],
  director: ['recent_text', 'line'],
  summarizer: ['passages', 'summaries'],
}

/** What is wrong with a prompt of a role, in the order of its text, and then what it does not mention. */
export async function checkPrompt(
  templates: Pick<TemplateEngine, 'check' | 'variablesOf'>,
  role: RoleId,
  text: string
): Promise<TemplateProblem[]> {
  const problems = await templates.check(text, promptVariables)
  // The names in a text that cannot be read are only a part of those that are meant.
  if (problems.some(({ kind }) => kind === 'syntax' || kind === 'too_costly')) return problems
  const used = new Set(templates.variablesOf(text))
  const missing = (needed[role] ?? []).filter((name) => !used.has(name))
  return [
    ...problems,
    ...missing.map((name): TemplateProblem => {
      const message = `${name} is not mentioned`
      return { kind: 'not_mentioned', fatal: false, line: 1, column: 1, length: 0, name, message }
    }),
  ]
}
