/** Characters of a first line that can be a title. */
const LONGEST_TITLE = 90

/** A poem as a model wrote it, without the marks that some put around it. */
export interface ReadPoem {
  /** Null where it has none. */
  title: string | null
  words: string
}

/** Reads an answer that is a title, an empty line and a poem, as it was asked for; or a poem alone. */
export function readPoem(answer: string): ReadPoem {
  const lines = answer
    .replaceAll('\r\n', '\n')
    .trim()
    .split('\n')
    .filter((line) => !/^\s*```/u.test(line))
    .map(unmarked)
  const text = lines
    .join('\n')
    .replaceAll(/\n{3,}/gu, '\n\n')
    .trim()
  const [first = '', ...rest] = text.split('\n')
  const isTitled = rest[0] === '' && rest.some((line) => line !== '') && first.length <= LONGEST_TITLE
  if (!isTitled) return { title: null, words: text }
  const words = rest.join('\n').trim()
  const title = unquoted(first.replace(/^(?:title|название|заголовок)\s*:\s*/iu, ''))
  return title === '' ? { title: null, words } : { title, words }
}

/** A line without the marks of headings, bold and italic. */
const unmarked = (line: string): string =>
  line
    .replace(/^\s{0,3}#{1,6}\s+/u, '')
    .replaceAll(/\*{1,3}|(?<![\p{L}\p{N}])_{1,2}(?=\S)|(?<=\S)_{1,2}(?![\p{L}\p{N}])/gu, '')
    .trimEnd()

const unquoted = (title: string): string => (/^[«“"„](.*)[»”"“]\.?$/u.exec(title)?.[1] ?? title).trim()
