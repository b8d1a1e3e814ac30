import { describe, expect, it } from 'vitest'
import { checkSchema } from '@contract/schema/check-schema'
import { checkValue } from '@contract/schema/check-value'
import { keywords, offeredKeywords } from '@contract/schema/schema-keywords'
import type { JsonValue } from '@contract/values'

const problems = (schema: JsonValue) =>
  checkSchema(schema).map(
    ({ path, kind, fatal, wanted }) => `${path} ${kind}${wanted ? ` ${wanted}` : ''}${fatal ? '' : '?'}`
  )

describe('a schema', () => {
  it.each<[schema: JsonValue, problems: string[]]>([
    [true, []],
    [{}, []],
    [{ type: 'object', properties: { type: { type: 'string' }, $ref: { enum: [1] } }, required: ['type'] }, []],
    [
      {
        $id: 'https://example.com/hero',
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        title: 'Hero',
        'x-order': 1,
        default: { $id: 1 },
        examples: [{}],
      },
      [],
    ],
    [{ $ref: '#/$defs/a%20b', $defs: { 'a b': { type: ['string', 'null'] } } }, []],
    [{ $ref: '#/definitions/a~1b', definitions: { 'a/b': {} } }, []],
    [{ type: 'object', properties: { next: { $ref: '#' }, all: { items: { $ref: '#' } } } }, []],
    [{ anyOf: [{ $ref: '#/$defs/a' }, { $ref: '#/$defs/a' }], $defs: { a: {} } }, []],

    ['string', [' no_schema']],
    [{ properties: { a: 1 } }, ['/properties wrong_value named']],
    [{ type: 'text' }, ['/type wrong_value type']],
    [{ type: [] }, ['/type wrong_value type']],
    [{ required: true }, ['/required wrong_value names']],
    [{ required: ['a', 'a'] }, ['/required wrong_value names']],
    [{ minimum: '1' }, ['/minimum wrong_value number']],
    [{ minLength: -1 }, ['/minLength wrong_value count']],
    [{ multipleOf: 0 }, ['/multipleOf wrong_value positive']],
    [{ uniqueItems: 'yes' }, ['/uniqueItems wrong_value truth']],
    [{ items: [{}] }, ['/items wrong_value schema']],
    [{ anyOf: [] }, ['/anyOf wrong_value schemas']],
    [{ enum: 'a' }, ['/enum wrong_value values']],
    [{ pattern: 1 }, ['/pattern wrong_value text']],
    [{ properties: { 'a/b': { items: { pattern: '(' } } } }, ['/properties/a~1b/items/pattern pattern']],
    [{ patternProperties: { '[': {} } }, ['/patternProperties/[ pattern']],
    [{ format: 'phone' }, ['/format format']],
    [{ lenght: 3 }, ['/lenght unknown?']],
    [{ $schema: 'https://example.com/mine' }, ['/$schema not_offered']],
    [{ $schema: 'http://json-schema.org/draft-07/schema#' }, []],
    [{ $dynamicRef: '#a' }, ['/$dynamicRef not_offered']],
    [{ items: { $id: 'b' } }, ['/items/$id not_offered']],
    [{ $ref: 'https://example.com/x' }, ['/$ref no_target']],
    [{ $ref: '#/$defs/none' }, ['/$ref no_target']],
    [{ $ref: '#/examples/0', examples: [{}] }, ['/$ref no_target']],
    [{ $ref: '#/%' }, ['/$ref no_target']],
    [{ $ref: '#' }, ['/$ref endless']],
    [
      {
        items: { $ref: '#/$defs/a' },
        $defs: { a: { allOf: [{ $ref: '#/$defs/b' }] }, b: { not: { $ref: '#/$defs/a' } } },
      },
      ['/items/$ref/allOf/0/$ref/not/$ref endless'],
    ],
  ])('%j', (schema, expected) => expect(problems(schema)).toEqual(expected))

  it('that is nested without end is refused, and its check ends', () => {
    let deep: JsonValue = {}
    for (let level = 0; level < 500; level += 1) deep = { items: deep }
    expect(checkSchema(deep)).toMatchObject([{ kind: 'too_deep' }])
  })

  it('has a rule for each keyword that is offered', () => {
    expect(offeredKeywords.filter((keyword) => keywords[keyword] === undefined)).toEqual([])
  })

  it('with nothing wrong can be used', () => {
    expect(
      checkValue({ $id: 'hero', $ref: '#/definitions/a', definitions: { a: { type: 'string' } } }, 1)
    ).toMatchObject([{ keyword: 'type' }])
  })
})
