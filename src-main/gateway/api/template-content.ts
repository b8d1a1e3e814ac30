import { z } from 'zod'
import type { InputVariable, TemplateContent } from '@contract/entities/template'
import { LONGEST_INPUT, InputName } from '@contract/entities/template'
import { TemplateText } from '@contract/entities/template-text'
import { WorldEntryKind } from '@contract/entities/world'
import { ModelConfigId, RoleId } from '@contract/ids'
import { JsonObject } from '@contract/values'
import { ofAnswer, ofRequest } from './api-schema'

const Words = z.string().max(2000)
const LongText = z.string().max(LONGEST_INPUT)
const Count = z.int().min(0).max(LONGEST_INPUT).nullable().default(null)
const Options = z.array(z.string().trim().min(1).max(500)).max(500).default([])

const asked = {
  name: InputName.describe('As the texts use it: `{{ name }}`.'),
  label: Words.default('').describe('What a form asks; empty for the name.'),
  help: Words.default(''),
  required: z.boolean().default(true),
}
const text = { default: LongText.default(''), sample: LongText.nullable().default(null), least: Count, most: Count }
const many = { least: Count, most: Count }

const Variable = z.discriminatedUnion('type', [
  z.strictObject({
    ...asked,
    type: z.literal('text'),
    ...text,
    pattern: z
      .string()
      .max(1000)
      .nullable()
      .default(null)
      .describe('A regular expression (RE2) that the whole must match.'),
  }),
  z.strictObject({ ...asked, type: z.literal('long_text'), ...text }),
  z.strictObject({
    ...asked,
    type: z.literal('number'),
    default: z.number().nullable().default(null),
    sample: z.number().nullable().default(null),
    least: z.number().nullable().default(null),
    most: z.number().nullable().default(null),
    whole: z.boolean().default(false),
  }),
  z.strictObject({
    ...asked,
    type: z.literal('boolean'),
    default: z.boolean().default(false),
    sample: z.boolean().nullable().default(null),
  }),
  z.strictObject({
    ...asked,
    type: z.literal('select'),
    options: Options,
    default: Words.nullable().default(null),
    sample: Words.nullable().default(null),
  }),
  z.strictObject({
    ...asked,
    type: z.literal('multi_select'),
    options: Options,
    default: z.array(Words).max(500).default([]),
    sample: z.array(Words).max(500).nullable().default(null),
    ...many,
  }),
  z.strictObject({
    ...asked,
    type: z.literal('list'),
    default: z.array(Words).max(1000).default([]),
    sample: z.array(Words).max(1000).nullable().default(null),
    ...many,
  }),
  z.strictObject({ ...asked, type: z.literal('file'), sample: LongText.nullable().default(null), most: Count }),
])

const seconds = z.number().min(1).max(3600).optional()

/** What a version of a template says. What it is not told of a field stands as its default. */
export const Content = z.strictObject({
  system: TemplateText.default('').describe('Jinja.'),
  user: TemplateText.default('').describe('Jinja.'),
  variables: z.array(Variable).max(100).default([]),
  answer: z
    .discriminatedUnion('format', [
      z.strictObject({ format: z.literal('text') }),
      z.strictObject({ format: z.literal('json'), schema: JsonObject.nullable().default(null) }),
      z.strictObject({ format: z.literal('csv'), schema: JsonObject.nullable().default(null) }),
    ])
    .default({ format: 'text' })
    .describe('`schema`: JSON Schema 2020-12 of the answer, or of one row of a table; null where any will do.'),
  becomes: z
    .strictObject({ kind: WorldEntryKind, fields: z.record(z.string(), z.string()).default({}) })
    .nullable()
    .default(null)
    .describe('What an answer can become in a world.'),
  model: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('role'), role: RoleId }),
      z.strictObject({ kind: z.literal('config'), id: ModelConfigId.nullable() }),
    ])
    .default({ kind: 'role', role: RoleId.parse('main') })
    .describe('Whose model answers: that of a role in the preset, or reusable settings.'),
  settings: z
    .strictObject({
      samplers: JsonObject.optional(),
      custom: JsonObject.optional().describe('Parameters that are sent as they are.'),
      settings: JsonObject.optional(),
      timeouts: z
        .strictObject({ connect_seconds: seconds, first_token_seconds: seconds, total_seconds: seconds })
        .optional(),
      retries: z.int().min(0).max(10).optional(),
    })
    .default({})
    .describe('What differs from the settings of that model.'),
  tries: z.int().min(1).max(10).default(3).describe('Answers that are asked for while none has the form.'),
  lenient: z.boolean().default(false).describe('What is not there stands for nothing, and is no mistake.'),
})
ofRequest('NewTemplateContent', Content)
ofAnswer('TemplateContent', Content)
ofRequest('NewInputVariable', Variable)
ofAnswer('InputVariable', Variable)

type ApiContent = z.output<typeof Content>
type ApiVariable = z.output<typeof Variable>

export const toApiContent = ({ variables, settings, ...rest }: TemplateContent): ApiContent => ({
  ...rest,
  variables: variables.map(toApiVariable),
  settings: toApiSettings(settings),
})

export const fromApiContent = ({ variables, settings, ...rest }: ApiContent): TemplateContent => ({
  ...rest,
  variables: variables.map(fromApiVariable),
  settings: fromApiSettings(settings),
})

function toApiVariable(variable: InputVariable): ApiVariable {
  switch (variable.type) {
    case 'longText':
      return { ...variable, type: 'long_text' }
    case 'multiSelect':
      return { ...variable, type: 'multi_select' }
    default:
      return variable
  }
}

function fromApiVariable(variable: ApiVariable): InputVariable {
  switch (variable.type) {
    case 'long_text':
      return { ...variable, type: 'longText' }
    case 'multi_select':
      return { ...variable, type: 'multiSelect' }
    default:
      return variable
  }
}

const toApiSettings = ({ timeouts, ...rest }: TemplateContent['settings']): ApiContent['settings'] => ({
  ...rest,
  ...(timeouts
    ? {
        timeouts: {
          connect_seconds: inSeconds(timeouts.connectMs),
          first_token_seconds: inSeconds(timeouts.firstTokenMs),
          total_seconds: inSeconds(timeouts.totalMs),
        },
      }
    : {}),
})

const fromApiSettings = ({ timeouts, ...rest }: ApiContent['settings']): TemplateContent['settings'] => ({
  ...rest,
  ...(timeouts
    ? {
        timeouts: {
          connectMs: inMs(timeouts.connect_seconds),
          firstTokenMs: inMs(timeouts.first_token_seconds),
          totalMs: inMs(timeouts.total_seconds),
        },
      }
    : {}),
})

const inSeconds = (ms: number | undefined) => (ms === undefined ? undefined : ms / 1000)
const inMs = (time: number | undefined) => (time === undefined ? undefined : Math.round(time * 1000))
