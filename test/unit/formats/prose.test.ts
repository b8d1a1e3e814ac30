import { expect, it } from 'vitest'
import { writeProse, type ProseForm, type ProsePart } from '@main/formats/prose'

const write = (form: ProseForm, parts: ProsePart[], title = 'The Fog') =>
  [...writeProse(form, { title, language: 'en', parts })].join('')

const story: ProsePart[] = [
  { kind: 'chapter', name: 'Arrival' },
  { kind: 'line', text: 'I knock.' },
  { kind: 'passage', text: 'Nobody *ever* came.\n\n***\n\n**Then** the lamp <b>went</b> out.' },
]

it('writes Markdown with headings, quotations for lines of the writer, emphasis and scene breaks', () => {
  expect(write('markdown', story)).toBe(
    '# The Fog\n\n## Arrival\n\n> I knock.\n\nNobody *ever* came.\n\n* * *\n\n**Then** the lamp \\<b>went\\</b> out.\n'
  )
})

it('writes a whole web page in the language of the story, and no HTML of a passage', () => {
  const page = write('html', story, 'Fog & “co”')
  expect(page).toMatch(/^<!doctype html>\n<html lang="en">/)
  expect(page).toContain('<title>Fog &amp; “co”</title>')
  expect(page).toContain(
    '<h2>Arrival</h2>\n<blockquote>\n<p>I knock.</p>\n</blockquote>\n<p>Nobody <em>ever</em> came.</p>\n<hr>\n'
  )
  expect(page).toContain('<strong>Then</strong> the lamp &lt;b&gt;went&lt;/b&gt; out.')
  expect(page).toMatch(/<\/body>\n<\/html>\n$/)
})

it('writes plain text without marks', () => {
  expect(write('text', story)).toBe(
    'The Fog\n\n\nArrival\n\n> I knock.\n\nNobody ever came.\n\n* * *\n\nThen the lamp <b>went</b> out.\n'
  )
})

it.each([
  ['# not a heading', '\\# not a heading'],
  ['1984. A year.', '1984\\. A year.'],
  ['3) no list', '3\\) no list'],
  ['- no list', '\\- no list'],
  ['> no quotation', '\\> no quotation'],
  ['a_b [c] `d` \\e', 'a\\_b \\[c] \\`d\\` \\\\e'],
  ['Tom & Jerry &amp; co', 'Tom & Jerry \\&amp; co'],
  ['5 * 3', '5 \\* 3'],
  ['1984 was a year.', '1984 was a year.'],
])('writes %s so that Markdown shows just that', (text, written) => {
  expect(write('markdown', [{ kind: 'passage', text }])).toBe(`# The Fog\n\n${written}\n`)
})

it('writes nothing of a passage without words', () => {
  expect(write('markdown', [{ kind: 'passage', text: ' \n' }])).toBe('# The Fog\n')
})
