import { z } from 'zod'
import { emptyContent, TemplateContent, TemplateGroup, TemplateModel } from '@contract/entities/template'
import { RoleId } from '@contract/ids'
import { Name, Timestamp } from '@contract/values'

/** Versions of one template in one file. */
const MOST_VERSIONS = 1000

const [ofRole] = TemplateModel.options
const { system, user, variables, answer, becomes, settings, tries, lenient } = TemplateContent.shape

/** What a version says, as it travels: reusable settings by their name. Whoever writes one by hand may leave out most of it. */
export const FileContent = z.strictObject({
  system: system.default(emptyContent.system),
  user,
  variables: variables.default(emptyContent.variables),
  answer: answer.default(emptyContent.answer),
  becomes: becomes.default(emptyContent.becomes),
  /** `name`: of one of `modelConfigs`; null where those that were chosen are gone. */
  model: z
    .discriminatedUnion('kind', [ofRole, z.strictObject({ kind: z.literal('config'), name: Name.nullable() })])
    .default({ kind: 'role', role: RoleId.parse('main') }),
  settings: settings.default(emptyContent.settings),
  tries: tries.default(emptyContent.tries),
  lenient: lenient.default(emptyContent.lenient),
})
export type FileContent = z.infer<typeof FileContent>

const FileVersion = z.strictObject({
  name: z.string().trim().max(120).default(''),
  note: z.string().max(10_000).default(''),
  /** Absent: when it is taken in. */
  createdAt: Timestamp.optional(),
  content: FileContent,
})
export type FileVersion = z.infer<typeof FileVersion>

/** A template with some of its versions, the one that is used last. What is being written, and is in no version, stays at home. */
export const FileTemplate = z.strictObject({
  name: Name,
  description: z.string().max(2000).default(''),
  group: TemplateGroup.default('other'),
  versions: z.array(FileVersion).min(1).max(MOST_VERSIONS),
})
export type FileTemplate = z.infer<typeof FileTemplate>
