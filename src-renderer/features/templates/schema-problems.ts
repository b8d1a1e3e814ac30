import { findNodeAtLocation, parse, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser'
import type { TFunction } from 'i18next'
import { isObject, sameJson } from '@contract/json'
import { checkSchema, type SchemaProblem } from '@contract/schema/check-schema'
import { partsOf } from '@contract/schema/pointer'
import { JsonObject } from '@contract/values'
import type { MarkedPlace } from '@renderer/components/code-editor/CodeEditor'

const strict = { disallowComments: true, allowTrailingComma: false }

export interface ReadSchema {
  /** Null where the text is no JSON object. */
  schema: JsonObject | null
  problems: MarkedPlace[]
}

/** A text as a schema, with what is wrong in it and where. */
export function readSchema(text: string, t: TFunction<'templates'>): ReadSchema {
  const faults: ParseError[] = []
  const value: unknown = parse(text, faults, strict)
  const place = (offset: number, length: number) => {
    const before = text.slice(0, offset).split('\n')
    return { line: before.length, column: (before.at(-1) ?? '').length + 1, length }
  }
  if (faults.length > 0)
    return {
      schema: null,
      problems: faults.map(({ error, offset, length }) => ({
        ...place(offset, length),
        isWarning: false,
        message: t(`answer.${faultKey(printParseErrorCode(error))}`),
      })),
    }
  const schema = JsonObject.safeParse(value).data
  // What is written twice, or is no plain data, would be lost without a word.
  if (!schema || !isObject(schema) || !sameJson(schema, value))
    return { schema: null, problems: [{ ...place(0, 0), isWarning: false, message: t('answer.notAnObject') }] }
  const tree = parseTree(text, [], strict)
  return {
    schema,
    problems: checkSchema(schema).map((problem) => {
      const node = tree && nodeAt(tree, problem)
      return {
        ...place(node?.offset ?? 0, node?.length ?? 0),
        isWarning: !problem.fatal,
        message: t(`answer.schemaProblems.${problem.kind}`, { name: problem.name }),
      }
    }),
  }
}

const faultKey = (code: string) =>
  code.includes('Colon') || code.includes('Comma') || code.includes('Close') || code.includes('Value')
    ? 'jsonIncomplete'
    : 'jsonUnexpected'

/** Where a problem stands; the part that holds it, where it is not in the text itself. */
function nodeAt(tree: Node, { path }: SchemaProblem): Node | undefined {
  const parts = partsOf(path).map((part) => (/^\d+$/.test(part) ? Number(part) : part))
  for (let length = parts.length; length > 0; length--) {
    const way = parts.slice(0, length)
    const found = findNodeAtLocation(tree, way) ?? findNodeAtLocation(tree, [...way.slice(0, -1), String(way.at(-1))])
    if (found) return found.parent?.type === 'property' ? found.parent : found
  }
  return tree
}
