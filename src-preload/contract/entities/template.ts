import { z } from 'zod'
import { ModelConfigId, RoleId, TemplateId } from '../ids'
import { JsonObject, Name, Timestamp } from '../values'
import { ModelSettings } from './model-config'
import { TemplateText } from './template-text'
import { unreadable } from './unreadable'
import { WorldEntryKind } from './world'

/** Characters of a name, a help text and an option. */
const Words = z.string().max(2000)
/** Characters of a value that is typed or read from a file. */
export const LONGEST_INPUT = 200_000
const LongText = z.string().max(LONGEST_INPUT)
const Count = z.number().int().min(0).max(LONGEST_INPUT)

/** As a template writes it: `{{ name }}`. The engine knows letters of English alone. */
export const InputName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/)

const asked = {
  name: InputName,
  /** What the form asks; empty for the name. */
  label: Words,
  help: Words,
  required: z.boolean(),
}
const choices = z.array(z.string().trim().min(1).max(500)).max(500)

/**
 * What the user is asked before a template is used. `sample` stands for a value while the template is written; null where
 * the default does. Limits count characters, values or items; null for none.
 */
export const InputVariable = z.discriminatedUnion('type', [
  z.strictObject({
    ...asked,
    type: z.literal('text'),
    default: LongText,
    sample: LongText.nullable(),
    least: Count.nullable(),
    most: Count.nullable(),
    /** A regular expression of RE2 that the whole text must match; null for any text. */
    pattern: z.string().max(1000).nullable(),
  }),
  z.strictObject({
    ...asked,
    type: z.literal('longText'),
    default: LongText,
    sample: LongText.nullable(),
    least: Count.nullable(),
    most: Count.nullable(),
  }),
  z.strictObject({
    ...asked,
    type: z.literal('number'),
    default: z.number().nullable(),
    sample: z.number().nullable(),
    least: z.number().nullable(),
    most: z.number().nullable(),
    whole: z.boolean(),
  }),
  z.strictObject({ ...asked, type: z.literal('boolean'), default: z.boolean(), sample: z.boolean().nullable() }),
  z.strictObject({
    ...asked,
    type: z.literal('select'),
    options: choices,
    default: Words.nullable(),
    sample: Words.nullable(),
  }),
  z.strictObject({
    ...asked,
    type: z.literal('multiSelect'),
    options: choices,
    default: z.array(Words).max(500),
    sample: z.array(Words).max(500).nullable(),
    least: Count.nullable(),
    most: Count.nullable(),
  }),
  z.strictObject({
    ...asked,
    type: z.literal('list'),
    default: z.array(Words).max(1000),
    sample: z.array(Words).max(1000).nullable(),
    least: Count.nullable(),
    most: Count.nullable(),
  }),
  z.strictObject({
    ...asked,
    type: z.literal('file'),
    /** Stands for the text of a file. */
    sample: LongText.nullable(),
    /** Characters. */
    most: Count.nullable(),
  }),
])
export type InputVariable = z.infer<typeof InputVariable>
export type InputType = InputVariable['type']
export const inputTypes = InputVariable.options.map(({ shape }) => shape.type.value)

/** The value of a variable of the type `file`. */
export const FileInput = z.strictObject({ name: z.string().max(300), text: LongText })
export type FileInput = z.infer<typeof FileInput>

/**
 * What is wrong with a value, or with the lack of one. `limit` is the number that it breaks; null for those without.
 */
export const InputProblem = z.strictObject({
  name: z.string(),
  kind: z.enum([
    'missing',
    'wrong_type',
    'too_short',
    'too_long',
    'too_small',
    'too_big',
    'not_whole',
    'not_an_option',
    'no_match',
    'too_few',
    'too_many',
    /** The template has no such variable. */
    'unknown',
  ]),
  limit: z.number().nullable(),
})
export type InputProblem = z.infer<typeof InputProblem>

/** By the names of variables. */
export const InputValues = JsonObject
export type InputValues = z.infer<typeof InputValues>

/**
 * The form of an answer. `schema`: JSON Schema 2020-12 of the answer, or of one row of a table; null where any will do.
 */
export const AnswerForm = z.discriminatedUnion('format', [
  z.strictObject({ format: z.literal('text') }),
  z.strictObject({ format: z.literal('json'), schema: JsonObject.nullable() }),
  z.strictObject({ format: z.literal('csv'), schema: JsonObject.nullable() }),
])
export type AnswerForm = z.infer<typeof AnswerForm>
export type AnswerFormat = AnswerForm['format']

/**
 * What an answer can become in a world; of a list, each item. By field of the entry (`name`, `description` …): the key of
 * the answer that goes there. A field that is not named takes the key of its own name.
 */
export const Becomes = z.strictObject({ kind: WorldEntryKind, fields: z.record(z.string(), z.string()) })
export type Becomes = z.infer<typeof Becomes>

/** Whose model answers: that of a role in the story's preset, or in the default one without a story; or reusable settings. */
export const TemplateModel = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('role'), role: RoleId }),
  /** Null: those that were chosen are gone. */
  z.strictObject({ kind: z.literal('config'), id: ModelConfigId.nullable() }),
])
export type TemplateModel = z.infer<typeof TemplateModel>

/** All that a version of a template keeps. */
export const TemplateContent = z.strictObject({
  system: TemplateText,
  user: TemplateText,
  /** In the order of the form. */
  variables: z.array(InputVariable).max(100),
  answer: AnswerForm,
  becomes: Becomes.nullable(),
  model: TemplateModel,
  /** What differs from the settings of that model. */
  settings: ModelSettings.pick({ samplers: true, custom: true, settings: true, timeouts: true, retries: true }),
  /** How many answers are asked for, where the ones before do not have the form. */
  tries: z.number().int().min(1).max(10),
  /** What is not there stands for nothing, and is no mistake. */
  lenient: z.boolean(),
})
export type TemplateContent = z.infer<typeof TemplateContent>

export const emptyContent: TemplateContent = {
  system: '',
  user: '',
  variables: [],
  answer: { format: 'text' },
  becomes: null,
  model: { kind: 'role', role: RoleId.parse('main') },
  settings: {},
  tries: 3,
  lenient: false,
}

/** Where a list of templates shows it: what makes things of the world, what makes words of the story, the rest. */
export const TemplateGroup = z.enum(['world', 'page', 'other'])
export type TemplateGroup = z.infer<typeof TemplateGroup>

const told = {
  id: TemplateId,
  name: z.string(),
  description: z.string(),
  group: TemplateGroup,
  /** The one of the starter set (`resources/templates/`) that it is; null for the user's own. */
  starter: z.string().nullable(),
  /** The version that is used; 0 for one of the starter set as it was brought, and for one that was never saved. */
  version: z.number().int().nonnegative(),
  /** How often it was used, without what was deleted since. */
  generations: z.number().int().nonnegative(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
}

/** It says something that can be used: there is a version, or it came with the starter set. */
export const hasVersion = ({ version, starter }: Pick<Template, 'version' | 'starter'>): boolean =>
  version > 0 || starter !== null

export const TemplateSummary = z.strictObject({
  ...told,
  format: z.enum(['text', 'json', 'csv']),
  /** It has changes that are in no version. */
  hasDraft: z.boolean(),
  unreadable,
})
export type TemplateSummary = z.infer<typeof TemplateSummary>

export const Template = z.strictObject({
  ...told,
  /** Of the version that is used. */
  content: TemplateContent,
  /** What is being written, and is in no version; null for nothing. */
  draft: TemplateContent.nullable(),
  unreadable,
})
export type Template = z.infer<typeof Template>

export const NewTemplate = z.strictObject({
  name: Name,
  description: Words.default(''),
  group: TemplateGroup.default('other'),
  /** The first version. One that says nothing is none. */
  content: TemplateContent.default(emptyContent),
})
export type NewTemplate = z.output<typeof NewTemplate>

export const TemplatePatch = z.strictObject({
  name: Name.optional(),
  description: Words.optional(),
  group: TemplateGroup.optional(),
})
export type TemplatePatch = z.infer<typeof TemplatePatch>

/** A version without what it says. */
export const TemplateVersion = z.strictObject({
  /** From 1; 0 for what the starter set brings, or for nothing at all where there is no version. */
  number: z.number().int().nonnegative(),
  /** The user's own words on it; empty for none. */
  name: z.string(),
  note: z.string(),
  /** How often it was used, without what was deleted since. */
  generations: z.number().int().nonnegative(),
  /** Null for what the starter set brings. */
  createdAt: Timestamp.nullable(),
})
export type TemplateVersion = z.infer<typeof TemplateVersion>
