import { z } from 'zod'
import {
  TemplateGroup,
  type Template,
  type TemplateSummary as ContractSummary,
  type TemplateVersion,
} from '@contract/entities/template'
import { TemplateId } from '@contract/ids'
import { Name } from '@contract/values'
import { listOf, Moment, ofAnswer, ofRequest } from './api-schema'
import { Content, toApiContent } from './template-content'

const description = z.string().max(2000)

const told = {
  id: TemplateId,
  name: z.string(),
  description: z.string(),
  group: TemplateGroup.describe('What makes things of a world, what makes words of a story, the rest.'),
  starter: z.string().nullable().describe('Which one of the starter set it is; null for the user’s own.'),
  version: z
    .int()
    .nonnegative()
    .describe('The one that is used; 0 for one of the starter set as it came, or where none was saved.'),
  generations: z.int().nonnegative().describe('How often it was used.'),
  has_draft: z.boolean().describe('The app holds changes that are in no version.'),
  created_at: Moment,
  updated_at: Moment,
}

export const TemplateSummary = ofAnswer(
  'TemplateSummary',
  z.strictObject({ ...told, format: z.enum(['text', 'json', 'csv']) })
)
export const Templates = listOf('Templates', TemplateSummary)
export const ApiTemplate = ofAnswer('Template', z.strictObject({ ...told, content: Content }))

export const NewTemplate = ofRequest(
  'NewTemplate',
  z.strictObject({
    name: Name,
    description: description.default(''),
    group: TemplateGroup.default('other'),
    content: Content.describe('Its first version.'),
  })
)
export const TemplatePatch = ofRequest(
  'TemplatePatch',
  z.strictObject({ name: Name.optional(), description: description.optional(), group: TemplateGroup.optional() })
)
export const NewVersion = ofRequest(
  'NewTemplateVersion',
  z.strictObject({
    content: Content,
    name: z.string().trim().max(120).default(''),
    note: z.string().max(10_000).default(''),
  })
)

const versionTold = {
  number: z.int().nonnegative().describe('From 1; 0 for what the starter set brings.'),
  name: z.string(),
  note: z.string(),
  generations: z.int().nonnegative(),
  created_at: Moment.nullable(),
}
const VersionSummary = ofAnswer('TemplateVersionSummary', z.strictObject(versionTold))
export const Versions = listOf('TemplateVersions', VersionSummary)
export const Version = ofAnswer('TemplateVersion', z.strictObject({ ...versionTold, content: Content }))

const toApiTold = (one: Omit<Template, 'content' | 'draft'>, hasDraft: boolean) => ({
  id: one.id,
  name: one.name,
  description: one.description,
  group: one.group,
  starter: one.starter,
  version: one.version,
  generations: one.generations,
  has_draft: hasDraft,
  created_at: one.createdAt,
  updated_at: one.updatedAt,
})

export const toApiSummary = (one: ContractSummary): z.output<typeof TemplateSummary> => ({
  ...toApiTold(one, one.hasDraft),
  format: one.format,
})

export const toApiTemplate = (one: Template): z.output<typeof ApiTemplate> => ({
  ...toApiTold(one, one.draft !== null),
  content: toApiContent(one.content),
})

export const toApiVersion = (one: TemplateVersion): z.output<typeof VersionSummary> => ({
  number: one.number,
  name: one.name,
  note: one.note,
  generations: one.generations,
  created_at: one.createdAt,
})
