import { randomUUID } from 'node:crypto'
import { FabulaError, TemplateError } from '@contract/errors'
import type { RoleId } from '@contract/ids'
import type { JsonObject, Language } from '@contract/values'
import type { Window } from '@main/settings/context-window'
import { planPrompt, type Prompt } from './prompt-planner'
import type { PromptPiece, Speaker } from './prompt-piece'
import { promptVariable, promptVariables } from './prompt-variables'
import type { PromptMaterial } from './section'
import type { SectionRegistry } from './section-registry'
import type { TemplateEngine } from './templates/template-engine'

/** The template of a role, and whose it is. */
export interface PromptTemplate {
  role: RoleId
  text: string
}

export interface PromptWriter {
  /**
   * The prompt that a template makes for a window. Where a section finds no room, the template is asked again without it:
   * so it can leave out the words around it. Throws `template_undefined` and its like.
   */
  write(template: PromptTemplate, material: PromptMaterial, window: Window, signal?: AbortSignal): Promise<Prompt>
}

/** The languages of stories, as models know them. */
const LANGUAGES: Record<Language, string> = { en: 'English', ru: 'Russian' }

/**
 * A mark stands for what is put in its place later. No text of a story can hold one: nobody knows the word in it, which
 * each run of the app makes for itself.
 */
const SECRET = randomUUID()
const markOf = (name: string) => `\uE000${SECRET}:${name}\uE001`
const MARK = new RegExp(`\\uE000${SECRET}:(\\w+)\\uE001`)

export function createPromptWriter(ports: {
  sections: SectionRegistry
  templates: Pick<TemplateEngine, 'render'>
}): PromptWriter {
  const { sections, templates } = ports

  const piecesOf = async (
    { role, text }: PromptTemplate,
    material: PromptMaterial,
    without: ReadonlySet<string>,
    signal: AbortSignal | undefined
  ): Promise<PromptPiece[]> => {
    const isThere = (id: string) => !without.has(id) && sections.find(id)?.content(material) != null
    const variables = variablesFor(material, isThere)
    const rendered = await templates.render(text, variables, { role, ...(signal ? { signal } : {}) })
    return splitAtMarks(rendered, role, sections)
  }

  return {
    write: async (template, material, window, signal) => {
      const without = new Set<string>()
      const leftOut = new Map<string, Prompt>()
      for (;;) {
        // Each time is about what the time before has found.
        const prompt = planPrompt(await piecesOf(template, material, without, signal), material, window)
        const more = [...prompt.crowdedOut].filter((id) => !without.has(id))
        if (more.length === 0) return withLeftOut(prompt, leftOut)
        for (const id of more) {
          without.add(id)
          leftOut.set(id, prompt)
        }
      }
    },
  }
}

/** A prompt that also counts the sections for which there was no room at all, at its end. */
function withLeftOut(prompt: Prompt, before: ReadonlyMap<string, Prompt>): Prompt {
  if (before.size === 0) return prompt
  const gone = () => [...before].flatMap(([id, planned]) => planned.parts().filter(({ section }) => section.id === id))
  return { ...prompt, parts: () => [...prompt.parts(), ...gone()] }
}

/** What the template can use: texts, and marks for what the planner puts in their place. Nothing that is known is undefined. */
function variablesFor({ story }: PromptMaterial, isThere: (section: string) => boolean): JsonObject {
  const marks = promptVariables.flatMap(({ name, section, speaker }): [string, string][] => {
    if (section !== undefined) return [[name, isThere(section) ? markOf(name) : '']]
    return speaker === undefined ? [] : [[name, markOf(name)]]
  })
  return {
    story: { title: story.title, language: story.language },
    language: LANGUAGES[story.language],
    ...Object.fromEntries(marks),
  }
}

/**
 * What the template wrote, as pieces. Behind messages of the story, the words are the writer's unless it says otherwise. A
 * section stands where it is placed first, and not again.
 */
function splitAtMarks(rendered: string, role: RoleId, sections: SectionRegistry): PromptPiece[] {
  const pieces: PromptPiece[] = []
  const placed = new Set<string>()
  let speaker: Speaker = 'system'
  for (const [index, part] of rendered.split(MARK).entries()) {
    if (index % 2 === 0) {
      if (part.toLowerCase().includes(SECRET)) throw changedMark(role)
      pieces.push({ kind: 'words', speaker, text: part.replace(/\n(?:[ \t]*\n){2,}/g, '\n\n') })
      continue
    }
    const variable = promptVariable(part)
    const section = variable?.section === undefined ? undefined : sections.find(variable.section)
    if (variable?.speaker !== undefined) speaker = variable.speaker
    if (!section || placed.has(section.id)) continue
    placed.add(section.id)
    const isMessages = variable?.kind === 'messages'
    pieces.push({ kind: 'section', speaker: isMessages ? null : speaker, section })
    if (isMessages) speaker = 'user'
  }
  return pieces
}

const changedMark = (role: RoleId) => {
  const reason = 'it changes a part of the prompt that can only be placed'
  return new FabulaError(TemplateError.Faulty, `A template failed: ${reason}`, {
    details: { line: 1, column: 1, role, reason },
  })
}
