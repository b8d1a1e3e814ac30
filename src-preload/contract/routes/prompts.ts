import { z } from 'zod'
import { TemplateProblem, TemplateText, TemplateVariable } from '../entities/template-text'
import { query } from '../route'
import { RoleId } from '../ids'
import { Language } from '../values'

export const promptRoutes = {
  /**
   * The prompt that Fabula brings for a role, with what a prompt can use; null for a role that is told nothing. `digest`
   * changes with the text.
   */
  'prompts.builtIn': query(
    z.strictObject({ role: RoleId, language: Language }),
    z.strictObject({ text: z.string(), digest: z.string(), variables: z.array(TemplateVariable) }).nullable(),
    []
  ),
  /** What is wrong with a prompt of a role, in the order of its text; what it leaves out comes last. */
  'prompts.check': query(z.strictObject({ role: RoleId, text: TemplateText }), z.array(TemplateProblem), []),
}
