import { z } from 'zod'
import { TemplateId } from '@contract/ids'
import type { ApiPorts } from './api-ports'
import { numberParameter } from './api-schema'
import { operation, type Operation } from './operation'
import { fromApiContent, toApiContent } from './template-content'
import {
  ApiTemplate,
  NewTemplate,
  NewVersion,
  TemplatePatch,
  Templates,
  toApiSummary,
  toApiTemplate,
  toApiVersion,
  Version,
  Versions,
} from './template-shape'

const ofTemplate = z.strictObject({ id: TemplateId })
const ofVersion = ofTemplate.extend({ number: numberParameter(0, 999_999_999) })
const tag = 'Templates'

const greeting = {
  system: 'You answer in one sentence.',
  user: 'Greet {{ name }}.',
  variables: [{ type: 'text', name: 'name', label: 'Whom to greet' }],
}

/** `/api/templates`: prompts with variables, and their versions. */
export const templateOperations = ({ ask }: ApiPorts): Operation[] => [
  operation({
    id: 'listTemplates',
    method: 'GET',
    path: '/api/templates',
    tag,
    summary: 'All templates, by name',
    success: { status: 200, description: 'The templates, without what they say.', schema: Templates },
    run: async () => ({ data: (await ask('templates.list', {})).map(toApiSummary) }),
  }),
  operation({
    id: 'createTemplate',
    method: 'POST',
    path: '/api/templates',
    tag,
    summary: 'Add a template',
    bodySchema: NewTemplate,
    example: { name: 'Greeting', content: greeting },
    success: { status: 201, description: 'The template.', schema: ApiTemplate },
    failures: [404, 409],
    location: ({ id }) => `/api/templates/${id}`,
    run: async ({ body }) =>
      toApiTemplate(await ask('templates.create', { ...body, content: fromApiContent(body.content) })),
  }),
  operation({
    id: 'getTemplate',
    method: 'GET',
    path: '/api/templates/{id}',
    tag,
    summary: 'One template, with the version that is used',
    pathSchema: ofTemplate,
    success: { status: 200, description: 'The template.', schema: ApiTemplate },
    failures: [404],
    run: async ({ path }) => toApiTemplate(await ask('templates.get', { id: path.id })),
  }),
  operation({
    id: 'changeTemplate',
    method: 'PATCH',
    path: '/api/templates/{id}',
    tag,
    summary: 'Change the name, the description or the group of a template',
    description: 'What it says is changed by a new version: `POST /api/templates/{id}/versions`.',
    pathSchema: ofTemplate,
    bodySchema: TemplatePatch,
    example: { description: 'Says hello.' },
    success: { status: 200, description: 'The template as it is now.', schema: ApiTemplate },
    failures: [404, 409],
    run: async ({ path, body }) => toApiTemplate(await ask('templates.update', { id: path.id, patch: body })),
  }),
  operation({
    id: 'deleteTemplate',
    method: 'DELETE',
    path: '/api/templates/{id}',
    tag,
    summary: 'Delete a template',
    description: 'It stays in the bin of the app for 30 days.',
    pathSchema: ofTemplate,
    success: { status: 204, description: 'It is in the bin.' },
    failures: [404, 409],
    run: async ({ path }) => {
      await ask('templates.delete', { id: path.id })
      return null
    },
  }),
  operation({
    id: 'listTemplateVersions',
    method: 'GET',
    path: '/api/templates/{id}/versions',
    tag,
    summary: 'The versions of a template, the newest first',
    pathSchema: ofTemplate,
    success: { status: 200, description: 'The versions, without what they say.', schema: Versions },
    failures: [404],
    run: async ({ path }) => ({ data: (await ask('templates.versions', { id: path.id })).map(toApiVersion) }),
  }),
  operation({
    id: 'createTemplateVersion',
    method: 'POST',
    path: '/api/templates/{id}/versions',
    tag,
    summary: 'Change what a template says: a new version',
    description: 'It is used from then on. What says the same as the version that is used makes none.',
    pathSchema: ofTemplate,
    bodySchema: NewVersion,
    example: { content: greeting, note: 'Shorter' },
    success: { status: 201, description: 'The template with its new version.', schema: ApiTemplate },
    failures: [404, 409],
    location: ({ id, version }) => `/api/templates/${id}/versions/${version}`,
    run: async ({ path, body: { content, name, note } }) =>
      toApiTemplate(await ask('templates.save', { id: path.id, content: fromApiContent(content), name, note })),
  }),
  operation({
    id: 'getTemplateVersion',
    method: 'GET',
    path: '/api/templates/{id}/versions/{number}',
    tag,
    summary: 'One version of a template',
    pathSchema: ofVersion,
    success: { status: 200, description: 'The version, with what it says.', schema: Version },
    failures: [404],
    run: async ({ path }) => {
      const version = await ask('templates.version', path)
      return { ...toApiVersion(version), content: toApiContent(version.content) }
    },
  }),
]
