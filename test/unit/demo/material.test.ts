import { describe, expect, it } from 'vitest'
import { materials, type Material } from '@main/providers/protocols/demo/material'
import { anchorOf, realisations, spaced } from '@main/providers/protocols/demo/template'

const templatesOf = ({ settings, anywhere, echoes, polish }: Material): string[] => [
  ...settings.flatMap((setting) => [
    ...setting.openings,
    ...setting.senses,
    ...setting.events,
    ...setting.dialogues,
    ...setting.hooks,
  ]),
  ...Object.values(anywhere).flat(),
  ...echoes.actions.flatMap((action) => action.lines),
  ...[echoes.nouns, echoes.names, echoes.questions, echoes.speech, echoes.plain].flat(),
  ...Object.values(polish).flat(),
]

describe.each(Object.entries(materials))('the material in %s', (_language, material) => {
  const templates = templatesOf(material)

  it('tells each text apart by a stretch that all its forms share', () => {
    for (const template of templates) {
      const anchor = anchorOf(template)
      const alike = templates.filter((other) => realisations(other, {}).some((text) => spaced(text).includes(anchor)))
      expect({ anchor, alike }).toEqual({ anchor: expect.stringMatching(/.{10}/), alike: [template] })
    }
  })

  it('becomes clean sentences in all its forms', () => {
    for (const template of templates) {
      const slots = { nom: 'x', gen: 'x', about: 'x', name: 'X', g: 'f' }
      for (const text of realisations(template, slots)) {
        expect(text).toMatch(/^[\p{Lu}“«—]/u)
        expect(text).toMatch(/[.!?…]["”»]?$/)
        expect(text).not.toMatch(/[{}<>|]| {2}| [,.;:!?]|[,.;:]{2}|["']/)
      }
    }
  })

  it('has forms of every noun for all the slots', () => {
    const slots = new Set(
      material.echoes.nouns.flatMap((text) => [...text.matchAll(/<([a-z]+)[:>]/g)].map((hit) => hit[1] ?? ''))
    )
    for (const noun of material.nouns) expect(Object.keys(noun.forms)).toEqual(expect.arrayContaining([...slots]))
  })
})
