/** What every template can use, whatever it is for: the names that the engine knows. */
export const templateFilters = [
  'abs',
  'attr',
  'batch',
  'bool',
  'capitalize',
  'chain',
  'count',
  'd',
  'default',
  'dictsort',
  'e',
  'escape',
  'filesizeformat',
  'first',
  'float',
  'groupby',
  'indent',
  'int',
  'items',
  'join',
  'last',
  'length',
  'lines',
  'list',
  'lower',
  'map',
  'max',
  'min',
  'pluralize',
  'pprint',
  'reject',
  'rejectattr',
  'replace',
  'reverse',
  'round',
  'safe',
  'select',
  'selectattr',
  'slice',
  'sort',
  'split',
  'string',
  'striptags',
  'sum',
  'title',
  'tojson',
  'trim',
  'truncate',
  'unique',
  'upper',
] as const

export const templateTests = [
  'boolean',
  'defined',
  'divisibleby',
  'endingwith',
  'eq',
  'equalto',
  'escaped',
  'even',
  'false',
  'filter',
  'float',
  'ge',
  'greaterthan',
  'gt',
  'in',
  'integer',
  'iterable',
  'le',
  'lessthan',
  'lower',
  'lt',
  'mapping',
  'ne',
  'none',
  'number',
  'odd',
  'safe',
  'sameas',
  'sequence',
  'startingwith',
  'string',
  'test',
  'true',
  'undefined',
  'upper',
] as const

export const templateFunctions = ['cycler', 'dict', 'joiner', 'namespace', 'range'] as const

/** The words that begin a statement, with the one that ends it, if any. */
export const templateStatements = {
  if: 'endif',
  elif: null,
  else: null,
  for: 'endfor',
  set: null,
  with: 'endwith',
  macro: 'endmacro',
  call: 'endcall',
  filter: 'endfilter',
  raw: 'endraw',
  do: null,
} as const satisfies Record<string, string | null>

/** Operators and values that are written as words. */
export const templateWords = [
  'and',
  'or',
  'not',
  'in',
  'is',
  'if',
  'else',
  'true',
  'false',
  'none',
  'True',
  'False',
  'None',
] as const

/** What loops, macros and blocks know by themselves. */
export const templateOwnNames = ['loop', 'caller', 'self'] as const

/** Say to whom the words that follow belong: instructions, the writer, the model. */
export const templateSpeakers = ['as_system', 'as_user', 'as_assistant'] as const

/** Names that mean something to the engine itself, whatever values a template has. */
export const engineNames: ReadonlySet<string> = new Set([
  ...templateSpeakers,
  ...templateFunctions,
  ...templateWords,
  ...templateOwnNames,
])

/**
 * Names that say something in every template already, so that no variable of its own can have them.
 *
 * @param ofStory what every template can use of a story: `story.title`
 */
export const reservedNames = (ofStory: readonly { name: string }[]): ReadonlySet<string> =>
  new Set([...ofStory.map(({ name }) => rootOf(name)), ...engineNames])

/** The first part of a path: `story` of `story.title`. */
export const rootOf = (path: string): string => path.split('.', 1)[0] ?? path
