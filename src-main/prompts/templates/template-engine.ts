import type { TemplateProblem, TemplateVariable } from '@contract/entities/template-text'
import { FabulaError, TemplateError } from '@contract/errors'
import type { RoleId } from '@contract/ids'
import { namesIn, valuePath } from '@contract/jinja/names'
import type { JsonObject } from '@contract/values'
import { checkNames } from './check-template'
import { problemFrom } from './template-fault'

/** What runs templates: a thread of its own (workers/template-worker.ts). */
export interface TemplateRunner {
  ask(
    question: { source: string; variables: JsonObject | null; lenient: boolean },
    signal?: AbortSignal
  ): Promise<{ text: string } | { message: string } | { fault: string }>
}

/** Jinja templates without files, limited in time, memory and depth. */
export interface TemplateEngine {
  /**
   * The text that a template makes of variables. One that is not there is an error unless the template asks about it.
   * Throws `template_faulty` and its like with the place of the mistake.
   *
   * @param options.role whose prompt it is, for the error
   * @param options.lenient what is not there stands for nothing, and is no error
   */
  render(
    source: string,
    variables: JsonObject,
    options?: { signal?: AbortSignal; role?: RoleId; lenient?: boolean }
  ): Promise<string>
  /** What is wrong with a template that can use these variables, in the order of its text. */
  check(source: string, known: readonly TemplateVariable[], lenient?: boolean): Promise<TemplateProblem[]>
  /** The variables that a template uses and does not make itself, in the order of its text: `story.title`. */
  variablesOf(source: string): string[]
  /** The names that a template gives itself: by `set`, `for`, `macro`. */
  namesSetBy(source: string): string[]
}

export function createTemplateEngine(runner: TemplateRunner): TemplateEngine {
  return {
    render: async (source, variables, { signal, role, lenient = false } = {}) => {
      const answer = await runner.ask({ source, variables, lenient }, signal)
      if ('text' in answer) return answer.text
      throw errorOf(problemOf(answer, source), role)
    },

    check: async (source, known, lenient = false) => {
      const answer = await runner.ask({ source, variables: null, lenient })
      if (!('text' in answer)) return [problemOf(answer, source)]
      return checkNames(source, known).filter(({ kind }) => !(lenient && kind === 'undefined'))
    },

    variablesOf: (source) => {
      const free = namesIn(source).variables.filter(({ isBound }) => !isBound)
      return [...new Set(free.flatMap((used) => valuePath(used) ?? []))]
    },

    namesSetBy: (source) => [...namesIn(source).own],
  }
}

const problemOf = (answer: { message: string } | { fault: string }, source: string): TemplateProblem =>
  'message' in answer
    ? problemFrom(answer.message, source)
    : { kind: 'too_costly', fatal: true, line: 1, column: 1, length: 0, name: null, message: answer.fault }

function errorOf({ kind, line, column, name, message }: TemplateProblem, role: RoleId | undefined): FabulaError {
  const place = { line, column, role }
  const said = `A template has a mistake in line ${line}, column ${column}: ${message}`
  switch (kind) {
    case 'syntax':
      return new FabulaError(TemplateError.Syntax, said, { details: { ...place, reason: message } })
    case 'undefined':
      return new FabulaError(TemplateError.Undefined, said, { details: { ...place, name } })
    case 'too_costly':
      return new FabulaError(TemplateError.TooCostly, said, { details: { role } })
    default:
      return new FabulaError(TemplateError.Faulty, said, { details: { ...place, reason: message } })
  }
}
