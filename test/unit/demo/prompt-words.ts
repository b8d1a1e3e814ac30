import type { Language } from '@contract/values'
import { builtInTemplate } from '@main/prompts/built-in-templates'
import { MAIN, STORYTELLER, SUMMARIZER } from '@main/settings/role-registry'

/** The words of a built-in prompt between two pieces of its code. */
function between(template: string, before: string, behind: string): string {
  const start = template.lastIndexOf(before)
  const end = template.indexOf(behind, start + before.length)
  if (start < 0 || end < 0) throw new Error(`There is nothing between ${before} and ${behind}`)
  return template.slice(start + before.length, end).trim()
}

const writers = (language: Language) => builtInTemplate(MAIN, language)?.text ?? ''

/** What is asked for where a passage broke off. */
export const completing = (language: Language) => between(writers(language), '{{ opening }}', '{% elif')

/** What is asked for where the writer adds nothing. */
export const goingOn = (language: Language) => between(writers(language), '{% elif not line %}', '{% endif %}')

/** What the Storyteller is asked to do with a draft. */
export const rewriting = (language: Language, draft: string) =>
  `${between(builtInTemplate(STORYTELLER, language)?.text ?? '', '{{ as_user }}', '{{ draft }}')}\n${draft}\n</draft>`

/** What the Summarizer is asked to make of passages, and of summaries. */
export const summarizing = (language: Language, text: string): string[] => {
  const template = builtInTemplate(SUMMARIZER, language)?.text ?? ''
  return [
    between(template, '{% else %}', '{% endif %}').replace('{{ passages }}', text),
    between(template, '{% if summaries %}', '{% else %}').replace('{{ summaries }}', text),
  ]
}
