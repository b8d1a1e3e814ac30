import { sameJson } from '@contract/json'
import type { TemplateContent } from '@contract/entities/template'

/** One thing that two versions say differently; null for what one of them does not have. */
export interface ContentChange {
  part: 'variable' | 'answer' | 'becomes' | 'model' | 'settings' | 'tries' | 'lenient' | 'order'
  /** Of a variable. */
  name: string
  before: string | null
  after: string | null
}

/** What differs between two versions beside their texts. */
export function contentChanges(before: TemplateContent, after: TemplateContent): ContentChange[] {
  const names = [...new Set([...before.variables, ...after.variables].map(({ name }) => name))]
  const variables = names.flatMap((name): ContentChange[] => {
    const [old, now] = [before, after].map(({ variables: all }) => all.find((each) => each.name === name))
    return sameJson(old, now) ? [] : [{ part: 'variable', name, before: written(old), after: written(now) }]
  })
  const kept = (one: TemplateContent) =>
    one.variables.map(({ name }) => name).filter((name) => [before, after].every((each) => has(each, name)))
  const [was, is] = [kept(before), kept(after)]
  const order: ContentChange[] = sameJson(was, is)
    ? []
    : [{ part: 'order', name: '', before: was.join(', '), after: is.join(', ') }]
  const parts = (['answer', 'becomes', 'model', 'settings', 'tries', 'lenient'] as const).flatMap(
    (part): ContentChange[] =>
      sameJson(before[part], after[part])
        ? []
        : [{ part, name: '', before: written(before[part]), after: written(after[part]) }]
  )
  return [...variables, ...order, ...parts]
}

const has = ({ variables }: TemplateContent, name: string) => variables.some((each) => each.name === name)

/** A value to be read: a name, a colon and what it says, line by line. */
function written(value: unknown, indent = ''): string | null {
  if (value === undefined || value === null) return null
  if (typeof value !== 'object') return typeof value === 'string' ? value : JSON.stringify(value)
  return Object.entries(value)
    .flatMap(([name, part]: [string, unknown]) => {
      const said = written(part, `${indent}  `)
      if (said === null || said === '') return []
      const isNested = typeof part === 'object'
      return [`${indent}${Array.isArray(value) ? '–' : `${name}:`}${isNested ? '\n' : ' '}${said}`]
    })
    .join('\n')
}
