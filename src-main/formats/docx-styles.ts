import type { SaxesTagPlain } from 'saxes'

/** What a style says of the paragraphs and the words that have it. */
export interface Style {
  /** 0 is the title, 1 the highest heading; null for what is none. */
  level: number | null
  isQuote: boolean
  bold: boolean
  italic: boolean
}

export const noStyle: Style = { level: null, isQuote: false, bold: false, italic: false }

interface StyleBeingRead {
  id: string
  name: string
  basedOn: string | null
  outline: number | null
  bold: boolean | null
  italic: boolean | null
}

/** Styles that are based on one another; a longer row goes round in a circle. */
const DEEPEST = 20

/** Whether a switch such as `<w:b/>` or `<w:b w:val="0"/>` is on. */
export const isOn = ({ attributes }: SaxesTagPlain): boolean =>
  !['0', 'false', 'off', 'none'].includes(attributes['w:val'] ?? '1')

/** Collects the styles of `word/styles.xml` from its tags. */
export function createStyles(): { open(tag: SaxesTagPlain): void; byId(): (id: string) => Style } {
  const styles = new Map<string, StyleBeingRead>()
  let current: StyleBeingRead | null = null
  return {
    open: (tag) => {
      const value = tag.attributes['w:val'] ?? ''
      if (tag.name === 'w:style') {
        const id = tag.attributes['w:styleId'] ?? ''
        current = { id, name: '', basedOn: null, outline: null, bold: null, italic: null }
        styles.set(id, current)
      } else if (current === null) return
      else if (tag.name === 'w:name') current.name = value.toLowerCase()
      else if (tag.name === 'w:basedOn') current.basedOn = value
      else if (tag.name === 'w:outlineLvl') current.outline = Number(value)
      else if (tag.name === 'w:b') current.bold = isOn(tag)
      else if (tag.name === 'w:i') current.italic = isOn(tag)
    },
    byId: () => {
      const known = new Map([...styles].map(([id, style]) => [id, resolved(style, styles)]))
      return (id) => known.get(id) ?? noStyle
    },
  }
}

function resolved(style: StyleBeingRead, styles: ReadonlyMap<string, StyleBeingRead>): Style {
  const row: StyleBeingRead[] = []
  for (let one: StyleBeingRead | undefined = style; one && row.length < DEEPEST; one = styles.get(one.basedOn ?? ''))
    row.push(one)
  const outline = row.find((one) => one.outline !== null)?.outline ?? null
  return {
    level: levelOf(style.name) ?? (outline !== null && outline < 9 ? outline + 1 : null),
    isQuote: row.some(({ name }) => name === 'quote' || name === 'intense quote' || name === 'block text'),
    bold: row.find((one) => one.bold !== null)?.bold ?? false,
    italic: row.find((one) => one.italic !== null)?.italic ?? false,
  }
}

/** Word keeps the names of its own styles in English, whatever its language. */
function levelOf(name: string): number | null {
  if (name === 'title') return 0
  const level = /^heading (\d)$/.exec(name)?.[1]
  return level === undefined ? null : Number(level)
}
