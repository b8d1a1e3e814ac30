import { splitBlocks, splitRuns, type Run } from '@contract/prose'
import type { Language } from '@contract/values'

/** A text of one's own to read, print or go on with elsewhere. */
export type ProseForm = 'markdown' | 'html' | 'text'

/** A part of a story as a reader gets it. */
export type ProsePart = { kind: 'chapter'; name: string } | { kind: 'line' | 'passage'; text: string }

export interface ProseStory {
  title: string
  language: Language
  parts: Iterable<ProsePart>
}

/** Writes a story part by part; joined, the pieces are the file. Lines of the writer are set apart as quotations. */
export function* writeProse(form: ProseForm, { title, language, parts }: ProseStory): Generator<string> {
  const write = writers[form]
  yield write.begin(title, language)
  for (const part of parts) yield part.kind === 'chapter' ? write.chapter(part.name) : write.words(part)
  yield write.end
}

interface Writer {
  begin(title: string, language: Language): string
  chapter(name: string): string
  words(part: { kind: 'line' | 'passage'; text: string }): string
  end: string
}

const BREAK = '* * *'

const paragraphsOf = (text: string, styled: (runs: Run[]) => string, sceneBreak: string): string[] =>
  splitBlocks(text).map((block) => (block.kind === 'break' ? sceneBreak : styled(splitRuns(block.text))))

const plain = (runs: readonly Run[]) => runs.map(({ text }) => text).join('')

/** What Markdown would take for something else than a letter: anywhere, and at the beginning of a paragraph. */
const escaped = (text: string) => text.replace(/[\\`*_[]|<(?=[a-z/!?])|&(?=#?\w+;)/gi, '\\$&')
const escapedStart = (line: string) =>
  line.replace(/^(\d*)([.)])(?=\s)|^(?=[#>+\-=~|])/, (_found, number = '', dot = '') => `${number}\\${dot}`)

const markdownOf = (runs: readonly Run[]): string =>
  escapedStart(
    runs
      .map(({ text, bold, italic }) => {
        const stars = '*'.repeat((italic ? 1 : 0) + (bold ? 2 : 0))
        return `${stars}${escaped(text)}${stars}`
      })
      .join('')
  )
const plainRun = (text: string): Run[] => [{ text, bold: false, italic: false }]

const letters: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const html = (text: string) => text.replace(/[&<>"]/g, (letter) => letters[letter] ?? letter)

const htmlOf = (runs: readonly Run[]): string =>
  runs
    .map(({ text, bold, italic }) => {
      const inner = italic ? `<em>${html(text)}</em>` : html(text)
      return bold ? `<strong>${inner}</strong>` : inner
    })
    .join('')

const STYLE =
  'body{max-width:36em;margin:3em auto;padding:0 1em;font:1.1em/1.65 Georgia,serif}blockquote{margin:1em 0;padding-left:1em;border-left:2px solid;font-style:italic}hr{width:6em;margin:2em auto}'

const writers: Record<ProseForm, Writer> = {
  markdown: {
    begin: (title) => `# ${markdownOf(plainRun(title))}\n`,
    chapter: (name) => `\n## ${markdownOf(plainRun(name))}\n`,
    words: ({ kind, text }) => {
      const paragraphs = paragraphsOf(text, markdownOf, BREAK)
      if (paragraphs.length === 0) return ''
      return kind === 'line'
        ? `\n${paragraphs.map((one) => `> ${one}`).join('\n>\n')}\n`
        : `\n${paragraphs.join('\n\n')}\n`
    },
    end: '',
  },
  html: {
    begin: (title, language) =>
      `<!doctype html>\n<html lang="${language}">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">\n<title>${html(title)}</title>\n<style>${STYLE}</style>\n</head>\n<body>\n<h1>${html(title)}</h1>\n`,
    chapter: (name) => `<h2>${html(name)}</h2>\n`,
    words: ({ kind, text }) => {
      const paragraphs = paragraphsOf(text, (runs) => `<p>${htmlOf(runs)}</p>`, '<hr>')
      if (paragraphs.length === 0) return ''
      const inner = paragraphs.join('\n')
      return kind === 'line' ? `<blockquote>\n${inner}\n</blockquote>\n` : `${inner}\n`
    },
    end: '</body>\n</html>\n',
  },
  text: {
    begin: (title) => `${title}\n`,
    chapter: (name) => `\n\n${name}\n`,
    words: ({ kind, text }) => {
      const paragraphs = paragraphsOf(text, plain, BREAK)
      const inner = kind === 'line' ? paragraphs.map((one) => `> ${one}`) : paragraphs
      return inner.map((one) => `\n${one}\n`).join('')
    },
    end: '',
  },
}
