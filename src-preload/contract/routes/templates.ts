import { z } from 'zod'
import {
  InputProblem,
  InputValues,
  NewTemplate,
  Template,
  TemplateContent,
  TemplateModel,
  TemplatePatch,
  TemplateSummary,
  TemplateVersion,
} from '../entities/template'
import { ModelSettings } from '../entities/model-config'
import { TemplateProblem, TemplateText, TemplateVariable } from '../entities/template-text'
import { PromptMessage } from '../entities/turn'
import { ErrorShape } from '../errors'
import { StoryId, TemplateId } from '../ids'
import { command, query } from '../route'
import { Nothing } from '../values'

const byTemplate = z.strictObject({ id: TemplateId })
const byVersion = byTemplate.extend({ number: z.number().int().nonnegative() })

/** The two texts of a template. */
export const TemplatePart = z.enum(['system', 'user'])
export type TemplatePart = z.infer<typeof TemplatePart>

export const templateRoutes = {
  /** By name. Those of the starter set are in the language of the app until they are changed. */
  'templates.list': query(
    z.strictObject({ ids: z.array(TemplateId).max(500).optional() }),
    z.array(TemplateSummary),
    ['templates', 'generations', 'preferences'],
    { rows: { topics: ['templates'], order: { by: ['name'] } } }
  ),
  'templates.get': query(byTemplate, Template, ['templates', 'generations', 'preferences'], {
    about: { templates: 'id' },
  }),
  'templates.create': command(NewTemplate, Template),
  'templates.update': command(z.strictObject({ id: TemplateId, patch: TemplatePatch }), Template),
  'templates.duplicate': command(byTemplate, Template),
  'templates.delete': command(byTemplate, Nothing),
  /** Keeps what is being written without making a version of it; null gives it up. */
  'templates.keepDraft': command(byTemplate.extend({ draft: TemplateContent.nullable() }), Nothing),
  /**
   * Makes a version, which is the one that is used from then on. What says the same as the version that is used makes none.
   * There is no draft after it.
   */
  'templates.save': command(
    byTemplate.extend({
      content: TemplateContent,
      name: z.string().trim().max(120).default(''),
      note: z.string().max(10_000).default(''),
    }),
    Template
  ),
  /** The newest first. */
  'templates.versions': query(byTemplate, z.array(TemplateVersion), ['templates', 'generations'], {
    about: { templates: 'id' },
  }),
  'templates.version': query(
    byVersion,
    TemplateVersion.extend({ content: TemplateContent }),
    ['templates', 'generations', 'preferences'],
    {
      about: { templates: 'id' },
    }
  ),
  'templates.describeVersion': command(
    byVersion.extend({ name: z.string().trim().max(120), note: z.string().max(10_000) }),
    Nothing
  ),
  /** Makes a new version that says what another one said; the starter set's own where `number` is 0. */
  'templates.restore': command(byVersion, Template),
  /** What every template can use of a story, beside its own variables. */
  'templates.storyVariables': query(Nothing, z.array(TemplateVariable), []),
  /** What is wrong with a template, in the order of its texts; and which variables its texts use and nothing gives them. */
  'templates.check': query(
    z.strictObject({ content: TemplateContent }),
    z.strictObject({
      problems: z.array(TemplateProblem.extend({ part: TemplatePart })),
      missing: z.array(z.string()),
      /** Variables that no text uses. */
      unused: z.array(z.string()),
    }),
    []
  ),
  /**
   * Which model answers a template without a story: the settings of what it names, null where that is gone; and what stands
   * in the way of asking it, null for nothing.
   */
  'templates.model': query(
    z.strictObject({ model: TemplateModel }),
    z.strictObject({ settings: ModelSettings.nullable(), error: ErrorShape.nullable() }),
    ['presets', 'modelConfigs', 'models', 'providers', 'tokens', 'servers', 'vault']
  ),
  /** The variables that a text uses, for one that comes as plain Jinja. */
  'templates.variablesOf': query(z.strictObject({ text: TemplateText }), z.array(z.string()), []),
  /**
   * What a model would be sent; with `samples`, a value that is not given is the sample of its variable. `messages` is
   * null where the values or the texts do not allow it. `tokens` is an estimate.
   */
  'templates.preview': query(
    z.strictObject({
      content: TemplateContent,
      inputs: InputValues,
      samples: z.boolean().default(false),
      storyId: StoryId.nullable().default(null),
      selection: z.string().max(200_000).default(''),
    }),
    z.strictObject({
      messages: z.array(PromptMessage).nullable(),
      tokens: z.number().int().nonnegative(),
      /** Tokens that prompt and answer share; null where there is no model. */
      window: z.number().int().nonnegative().nullable(),
      provider: z.string(),
      model: z.string(),
      inputs: z.array(InputProblem),
      problems: z.array(TemplateProblem.extend({ part: TemplatePart })),
    }),
    ['presets', 'modelConfigs', 'models', 'stories', 'messages', 'worlds', 'summaries'],
    { about: { stories: 'storyId', messages: 'storyId', summaries: 'storyId' } }
  ),
}
