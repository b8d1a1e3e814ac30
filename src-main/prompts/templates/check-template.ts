import type { TemplateProblem, TemplateProblemKind, TemplateVariable } from '@contract/entities/template-text'
import { namesIn, type UsedName } from '@contract/jinja/names'
import { templateFilters, templateFunctions, templateTests, rootOf } from '@contract/template-language'

const filters = new Set<string>(templateFilters)
const tests = new Set<string>(templateTests)
const functions = new Set<string>(templateFunctions)

/** Filters that leave a text as it is, or stand in for one that is missing. */
const HARMLESS = new Set(['default', 'd', 'trim', 'safe', 'string'])

/**
 * What is wrong with a template that can be read, by the names in it: the engine itself says it only of the lines that it
 * comes to. What the template asks about before it uses it is not called wrong.
 */
export function checkNames(source: string, known: readonly TemplateVariable[]): TemplateProblem[] {
  const names = namesIn(source)
  const paths = new Set(known.map(({ name }) => name))
  const roots = new Set(known.map(({ name }) => rootOf(name)))
  const fitted = new Set(known.filter(({ kind }) => kind === 'section' || kind === 'messages').map(({ name }) => name))
  const askedAbout = new Set(names.variables.filter(({ behind }) => behind === 'is').map(({ path }) => path))
  const problem = (kind: TemplateProblemKind, used: UsedName, message: string): TemplateProblem => ({
    kind,
    fatal: true,
    ...placeOf(source, used.at),
    length: used.path.length,
    name: used.path,
    message,
  })

  const found: TemplateProblem[] = []
  for (const used of names.files) found.push(problem('no_files', used, 'there are no other templates to use'))
  for (const used of names.filters)
    if (!filters.has(used.path)) found.push(problem('unknown_filter', used, `filter ${used.path} is unknown`))
  for (const used of names.tests)
    if (!tests.has(used.path)) found.push(problem('unknown_test', used, `test ${used.path} is unknown`))
  for (const [index, used] of names.variables.entries()) {
    const { root, path, behind, before } = used
    if (names.own.has(root)) continue
    if (functions.has(root) && behind === '(') continue
    if (!roots.has(root)) {
      if (behind === '(') found.push(problem('unknown_function', used, `${path} is no function`))
      else if (!askedAbout.has(path) && !hasDefault(names.filters, used, names.variables[index + 1]))
        found.push(problem('undefined', used, `${path} is not there`))
    } else if (fitted.has(root)) {
      const filter = behind === '|' ? names.filters.find(({ at }) => at > used.at)?.path : undefined
      const isChanged = (filter !== undefined && !HARMLESS.has(filter)) || ['[', '('].includes(behind)
      if (isChanged || path !== root || before === 'in')
        found.push(problem('changed_section', used, `${root} can be placed, and not changed`))
    } else if (path !== root && !paths.has(path) && behind !== '(' && !isInside(path, paths)) {
      found.push(problem('undefined', used, `${path} is not there`))
    }
  }
  return found.toSorted((a, b) => a.line - b.line || a.column - b.column)
}

/** `x|default(…)` says what to take where there is none. */
const hasDefault = (used: readonly UsedName[], name: UsedName, next: UsedName | undefined): boolean => {
  if (name.behind !== '|') return false
  const filter = used.find(({ at }) => at > name.at)
  return filter !== undefined && (next === undefined || filter.at < next.at) && ['default', 'd'].includes(filter.path)
}

/** A method of a known value: `story.title.upper`. */
const isInside = (path: string, paths: ReadonlySet<string>): boolean =>
  [...paths].some((known) => path.startsWith(`${known}.`) && known.includes('.'))

/** Line and column of a place in a text, from 1. */
export function placeOf(source: string, at: number): { line: number; column: number } {
  const before = source.slice(0, at).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}
