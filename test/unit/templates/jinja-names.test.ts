import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { guessedType } from '@contract/jinja/guessed-type'
import { namesIn, valuePath } from '@contract/jinja/names'
import { renameIn } from '@contract/jinja/rename'

/** What texts that follow each other ask for, in the order in which they do. */
function usedIn(...texts: string[]): (string | null)[] {
  let given: ReadonlySet<string> = new Set()
  return texts.flatMap((text) => {
    const names = namesIn(text, given)
    given = names.given
    return names.variables.flatMap((used) => (used.isBound ? [] : [valuePath(used)]))
  })
}

const toHero = new Map([['who', 'hero']])
const toWho = new Map([['hero', 'who']])

describe('what a template asks its values for', () => {
  it.each([
    ['{{ town.upper() }}', ['town']],
    ['{{ story.title.upper() }} {{ range(town) }}', ['story.title', null, 'town']],
    ['{% set town = town | upper %}{{ town }}', ['town']],
    ['{% set town %}{{ town }}{% endset %}{{ town }}', ['town']],
    ['{% set all.last = town %}', ['all.last', 'town']],
    [
      '{% for town in towns if town.big %}{{ town }}{% else %}{{ town }}{% endfor %}{{ town }}',
      ['towns', 'town', 'town'],
    ],
    ['{% if a %}{% set town = 1 %}{% endif %}{{ town }}', ['a']],
    ['{% for a in b %}{% set town = 1 %}{% endfor %}{{ town }}', ['b', 'town']],
    [
      '{% macro m(town, size=big) %}{{ town }}{{ size }}{% endmacro %}{{ m(town, size=wide) }}',
      ['big', 'town', 'wide'],
    ],
    ['{% call(town) m(town) %}{{ town }}{% endcall %}', [null, 'town']],
    ['{% with a = town, b = a %}{{ a }}{{ b }}{% endwith %}{{ a }}', ['town', 'a']],
    ['{{ "town" }}{# {{ town }} #}{% raw %}{{ town }}{% endraw %}', []],
    ['{{ 1e5 + 0xff + 1_000.5 }}', []],
    ['{{ {"a": {"b": town}} }}', ['town']],
  ])('of %s', (text, names) => expect(usedIn(text)).toEqual(names))
})

describe('a variable gets another name', () => {
  it.each([
    ['{{ who }} and who', '{{ hero }} and who'],
    [
      '{% for who in list %}{{ who.who }}{% endfor %}{{ who }}',
      '{% for who in list %}{{ who.who }}{% endfor %}{{ hero }}',
    ],
    ['{{ "who" ~ who | who }}', '{{ "who" ~ hero | who }}'],
    ['{{ whom }} {{ a_who }} {{ f(who=who) }}', '{{ whom }} {{ a_who }} {{ f(who=hero) }}'],
    ['{% if who == "x" %}{% endif %}', '{% if hero == "x" %}{% endif %}'],
    ['{% set who.x = who %}', '{% set hero.x = hero %}'],
    ['{% set x = who %}{{ x }}', '{% set x = hero %}{{ x }}'],
    ['{% set who = who %}{{ who }}', '{% set who = hero %}{{ who }}'],
    ['{{ who.upper() }} {{ "}}" ~ who }}', '{{ hero.upper() }} {{ "}}" ~ hero }}'],
    ['{# who #}{% raw %}{{ who }}{% endraw %}{{ who', '{# who #}{% raw %}{{ who }}{% endraw %}{{ hero'],
  ])('in %s', (before, after) => expect(renameIn([before], toHero)).toEqual([after]))

  it('and what the first text sets stays in the second', () => {
    expect(renameIn(['{{ who }}{% set who = 1 %}', '{{ who }}'], toHero)).toEqual([
      '{{ hero }}{% set who = 1 %}',
      '{{ who }}',
    ])
  })

  it('but none that the text makes itself', () => {
    expect(renameIn(['{% for hero in a %}{{ who }}{% endfor %}'], toHero)).toBeNull()
    expect(renameIn(['{% set hero = 1 %}', '{{ who }}'], toHero)).toBeNull()
  })

  const name = fc.constantFrom('who', 'x', 'y', 'town')
  const word = fc.constantFrom(
    'who',
    ' {{ who',
    '}}',
    '"who"',
    "'",
    '#}',
    'who=who ',
    '. who',
    '|who',
    '{% raw %}',
    '\\',
    'э'
  )
  const expression = fc.oneof(
    name,
    fc.tuple(name, name).map(([a, b]) => `${a}.${b}(${b}=${a})`),
    fc.tuple(name, name).map(([a, b]) => `${a} ~ "who ${b}" | default(${b})`),
    fc.tuple(name, name).map(([a, b]) => `{"who": ${a}}[${b}] if ${a} is sameas(${b}) else ${b}`)
  )
  const { text } = fc.letrec<{ text: string; piece: string }>((tie) => ({
    text: fc.array(tie('piece'), { maxLength: 4 }).map((pieces) => pieces.join(' who ')),
    piece: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      expression.map((said) => `{{ ${said} }}`),
      fc.tuple(name, expression).map(([a, said]) => `{% set ${a} = ${said} %}`),
      fc.tuple(name, tie('text')).map(([a, body]) => `{% set ${a} %}${body}{% endset %}`),
      fc
        .tuple(name, expression, tie('text'))
        .map(([a, said, body]) => `{%- for ${a} in [${said}] if ${a} -%}${body}{% else %}${body}{% endfor %}`),
      fc.tuple(name, name, tie('text')).map(([a, b, body]) => `{% macro ${a}(${b}, z=${a}) %}${body}{% endmacro %}`),
      fc.tuple(name, expression, tie('text')).map(([a, said, body]) => `{% with ${a} = ${said} %}${body}{% endwith %}`),
      fc.tuple(expression, tie('text')).map(([said, body]) => `{% if ${said} %}${body}{% endif %}`)
    ),
  }))

  it('and back again, so that nothing of any template is lost', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 2 }), (texts) => {
        const there = renameIn(texts, toHero)
        expect(there && renameIn(there, toWho)).toEqual(texts)
        expect(usedIn(...(there ?? [])).filter((path) => path?.split('.')[0] === 'who')).toEqual([])
      }),
      { numRuns: 300 }
    )
  })

  it('in no time that an odd text could stretch', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), (words) => {
        const odd = words.join('')
        const there = renameIn([odd], toHero)
        expect(there?.[0]?.replaceAll('hero', 'who')).toBe(odd)
      })
    )
  })
})

it.each([
  ['who', '{{ who }}', 'text'],
  ['avoid', '{% for each in avoid %}{{ each }}{% endfor %}', 'list'],
  ['avoid', '{%- for each in avoid|sort -%}{{ each }}{% endfor %}', 'list'],
  ['names', '{{ names | join(", ") }}', 'list'],
  ['dark', '{% if dark %}Dark.{% endif %}', 'boolean'],
  ['dark', '{% if not dark %}Light.{% endif %}', 'boolean'],
  ['dark', '{{ "Dark." if dark else "Light." }}{% if wet and dark %}{% endif %}', 'boolean'],
  ['mood', '{% if mood %}In a {{ mood }} mood.{% endif %}', 'text'],
  ['mood', '{% if mood == "grim" %}Grim.{% endif %}', 'text'],
  ['who', 'Nobody says who.', 'text'],
] as const)('The type of %s in “%s” is guessed to be %s', (name, text, type) => {
  expect(guessedType(name, [text])).toBe(type)
})
