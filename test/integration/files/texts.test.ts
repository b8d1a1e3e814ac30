import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { demoSettings, passagesOf, placed } from '@test/helpers/test-story'
import { first } from '@test/integration/files/configuration'

let app: TestCore
beforeAll(async () => {
  app = await startTestCore()
  await app.ask('presets.create', { name: 'Plain', roles: { main: placed(await demoSettings(app)) } })
})
afterAll(() => app.close())

const TEXT = `# Туман

## Прибытие

> Я стучу.

Никто *не* шёл.

Совсем.

* * *

**Потом** погас огонь.

## Глава 2

Стало [тихо](http://a.example).
`
const file = { fileName: 'fog.md', text: TEXT }
const take = async (fileName: string, text: string, passages?: 'paragraph' | 'chapter') => {
  const choices = passages ? { passages } : {}
  const { stories, undoId } = await app.ask('files.import', { files: [{ fileName, text }], choices })
  const { id, title } = first(stories)
  const told = (await passagesOf(app, { id })).map(({ author, text: says, chapterEnd }) => [author, says, chapterEnd])
  return { id, title, told, undoId }
}
const exported = async (storyId: Awaited<ReturnType<typeof take>>['id'], form: 'markdown' | 'text') =>
  (await app.ask('files.exportText', { storyId, form })).text

describe('a text that is imported', () => {
  it('says first which chapters were found, and how many passages there would be', async () => {
    const { format, items } = await app.ask('files.preview', file)
    expect(format).toBe('text')
    expect(items).toMatchObject([
      {
        kind: 'story',
        name: 'Туман',
        conflict: null,
        chapters: ['Прибытие', 'Глава 2'],
        holds: { chapters: 2, passages: 4 },
      },
    ])
    const byParagraph = await app.ask('files.preview', { ...file, passages: 'paragraph' })
    expect(first(byParagraph.items).holds).toEqual({ chapters: 2, passages: 5 })
  })

  it('is a story with its chapters, whose passages end with the scenes, and can be taken back', async () => {
    const { id, title, told, undoId } = await take(file.fileName, TEXT)
    expect(title).toBe('Туман')
    expect((await app.ask('stories.get', { id })).language).toBe('ru')
    expect(told).toEqual([
      ['writer', 'Я стучу.', undefined],
      ['story', 'Никто *не* шёл.\n\nСовсем.\n\n* * *', undefined],
      ['story', '**Потом** погас огонь.', 'Прибытие'],
      ['story', 'Стало тихо.', undefined],
    ])
    expect((await take(file.fileName, TEXT, 'chapter')).told).toHaveLength(3)
    await app.ask('files.undo', { undoId: (await app.ask('files.lastImport', {}))?.undoId ?? undoId })
  })

  it.each(['scene', 'paragraph', 'chapter'] as const)(
    'says the same when it is exported again, whether passages end with each %s',
    async (ends) => {
      const { id } = await take(file.fileName, TEXT, ends === 'scene' ? undefined : ends)
      const text = await exported(id, 'markdown')
      expect(text).toBe(TEXT.replace('[тихо](http://a.example)', 'тихо'))
      const again = await take('again.md', text, ends === 'scene' ? undefined : ends)
      expect(await exported(again.id, 'markdown')).toBe(text)
      const plain = await exported(id, 'text')
      expect(await exported((await take('again.txt', plain)).id, 'text')).toBe(plain)
      for (const form of ['docx'] as const) {
        const { data, fileName } = await app.ask('files.exportBook', { storyId: id, form })
        const { uploadId } = await app.ask('files.upload', { data })
        const { stories } = await app.ask('files.import', { files: [{ fileName, uploadId }] })
        expect(await exported(first(stories).id, 'markdown')).toBe(text)
      }
    }
  )

  it('loses no sign of a passage on the way out and in again', async () => {
    const lines = [
      '# no heading',
      '1984. A year.',
      '- no list',
      '> no quotation',
      'a_b_c [d](e) `f` \\g \\* h',
      '<b>&amp; 5 * 3',
      '=== no line',
    ]
    const { id } = await take('plain.txt', `${lines.join('\n')}\n`, 'chapter')
    const written = (await passagesOf(app, { id })).map(({ text }) => text)
    const again = await take('again.md', await exported(id, 'markdown'), 'chapter')
    expect((await passagesOf(app, { id: again.id })).map(({ text }) => text)).toEqual(written)
  })

  it('is read in an old encoding, is called as its file, and has what stood before the first chapter', async () => {
    const bytes = Buffer.from(
      Array.from('Посвящение.\n\nГлава 1\n\nТемно.').map((sign) => {
        const code = sign.codePointAt(0) ?? 0
        return code < 0x80 ? code : code - 0x410 + 0xc0
      })
    )
    const { uploadId } = await app.ask('files.upload', { data: bytes.toString('base64') })
    const { stories } = await app.ask('files.import', { files: [{ fileName: 'Моя книга.txt', uploadId }] })
    const { id, title } = first(stories)
    expect(title).toBe('Моя книга')
    expect((await passagesOf(app, { id })).map(({ text, chapterEnd }) => [text, chapterEnd])).toEqual([
      ['Посвящение.', 'Начало'],
      ['Темно.', 'Глава 1'],
    ])
  })

  it('parts a paragraph that no passage could hold, and is an empty story where it says nothing', async () => {
    const { told } = await take('long.txt', `${'word '.repeat(90_000)}\n`)
    expect(told.map(([, text]) => text?.length)).toEqual([199_899, 199_899, 50_199])
    const empty = await take('nothing.txt', ' \n')
    expect([empty.title, empty.told]).toEqual(['nothing', []])
  })

  it('is refused as a document of another program, with what to do', async () => {
    for (const fileName of ['novel.rtf', 'novel.odt', 'novel.PDF'])
      expect(await app.refusal('files.preview', { fileName, text: '{\\rtf1}' })).toMatchObject({
        code: 'file_not_fabula',
      })
  })

  it('is no text where it is JSON or a template', async () => {
    expect(await app.refusal('files.preview', { fileName: 'x.txt', text: '{"fabula":' })).toMatchObject({
      code: 'file_not_json',
    })
    expect((await app.ask('files.preview', { fileName: 'x.md', text: 'Say {{ name }}.' })).format).toBe('jinja')
  })
})
