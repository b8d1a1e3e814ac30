import { builtInTemplate } from '@main/prompts/built-in-templates'
import { checkPrompt } from '@main/prompts/check-prompt'
import { promptVariables } from '@main/prompts/prompt-variables'
import type { TemplateEngine } from '@main/prompts/templates/template-engine'
import type { RoleRegistry } from '@main/settings/role-registry'
import type { HandlersOf } from './router'

/** What an editor says of them. */
const variables = promptVariables.map(({ name, kind, help }) => ({ name, kind, help }))

export const promptHandlers = (ports: { roles: RoleRegistry; templates: TemplateEngine }): HandlersOf<'prompts'> => ({
  'prompts.builtIn': ({ role, language }) => {
    const builtIn = builtInTemplate(ports.roles.get(role).id, language)
    return builtIn && { ...builtIn, variables }
  },
  'prompts.check': ({ role, text }) => checkPrompt(ports.templates, ports.roles.get(role).id, text),
})
