import { randomUUID } from 'node:crypto'
import { FabulaError, TemplateError } from '@contract/errors'
import type { RoleId } from '@contract/ids'
import type { JsonObject, Language } from '@contract/values'
import type { Window } from '@main/settings/context-window'
import { noteSection } from './notes'
import { planPrompt, type Prompt, type PromptPart } from './prompt-planner'
import type { PromptPiece, Speaker } from './prompt-piece'
import { variablesFor, type PromptVariable } from './prompt-variables'
import type { PromptMaterial, Section } from './section'
import type { TemplateEngine } from './templates/template-engine'
import { namesInScene } from './world-texts'

/** A template, and whose it is; null where it is no role's. */
export interface PromptTemplate {
  role: RoleId | null
  text: string
  /** Values beside those of the story, which stand over them; see `TemplateEngine.render` for `lenient`. */
  values?: JsonObject
  lenient?: boolean
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
  sections: readonly Section[]
  templates: Pick<TemplateEngine, 'render'>
}): PromptWriter {
  const { templates } = ports
  const placeable = variablesFor(ports.sections)

  const piecesOf = async (
    template: PromptTemplate,
    material: PromptMaterial,
    without: ReadonlySet<string>,
    signal: AbortSignal | undefined
  ): Promise<PromptPiece[]> => {
    const { role, text, values = {}, lenient = false } = template
    const isThere = ({ section }: PromptVariable) =>
      section !== undefined && !without.has(section.id) && section.content(material) !== null
    const known = [...placeable, ...otherNotes(material, placeable)]
    const variables = { ...valuesFor(material, known, isThere), ...values }
    const rendered = await templates.render(text, variables, {
      lenient,
      ...(role ? { role } : {}),
      ...(signal ? { signal } : {}),
    })
    return splitAtMarks(rendered, role, (name) => known.find((one) => one.name === name))
  }

  return {
    write: async (template, material, window, signal) => {
      const without = new Map<string, PromptPart>()
      let first: Prompt | null = null
      for (;;) {
        // Each time is about what the time before has found.
        const pieces = await piecesOf(template, material, new Set(without.keys()), signal)
        const prompt = planPrompt(pieces, material, window)
        first ??= prompt
        const more = prompt.parts().filter(({ section: { id } }) => prompt.crowdedOut.has(id) && !without.has(id))
        if (more.length === 0) return withLeftOut(prompt, first, without)
        // As it stands now, all of it is left out, also where some of it found room the time before.
        for (const part of more) without.set(part.section.id, part)
      }
    },
  }
}

/** A prompt that also counts the sections for which there was no room at all, where they would have stood. */
function withLeftOut(prompt: Prompt, first: Prompt, without: ReadonlyMap<string, PromptPart>): Prompt {
  if (without.size === 0) return prompt
  return {
    ...prompt,
    parts: () => {
      const sent = new Map(prompt.parts().map((part) => [part.section.id, part]))
      const asked = first.parts().flatMap(({ section: { id } }) => sent.get(id) ?? without.get(id) ?? [])
      return [...asked, ...[...sent.values()].filter((part) => !asked.includes(part))]
    },
  }
}

/** What the steps of this turn left under names that no section has. */
function otherNotes({ notes }: PromptMaterial, known: readonly PromptVariable[]): readonly PromptVariable[] {
  const others = [...notes.keys()].filter((note) =>
    known.every(({ name, section }) => name !== note && section?.id !== note)
  )
  return others.map((note): PromptVariable => {
    const name = { en: note, ru: note }
    const section = noteSection(note, name, name)
    return { ...section.variable, section }
  })
}

/** What the template can use: texts, and marks for what the planner puts in their place. Nothing that is known is undefined. */
function valuesFor(
  material: PromptMaterial,
  known: readonly PromptVariable[],
  isThere: (variable: PromptVariable) => boolean
): JsonObject {
  const { story } = material
  const marks = known.flatMap((variable): [string, string][] => {
    const { name, kind } = variable
    if (kind === 'value') return []
    return [[name, kind === 'speaker' || isThere(variable) ? markOf(name) : '']]
  })
  return {
    story: { title: story.title, language: story.language },
    language: LANGUAGES[story.language],
    ...namesInScene(material),
    ...Object.fromEntries(marks),
  }
}

/**
 * What the template wrote, as pieces. Behind messages of the story, the words are the writer's unless it says otherwise. A
 * section stands where it is placed first, and not again.
 */
function splitAtMarks(
  rendered: string,
  role: RoleId | null,
  variableOf: (name: string) => PromptVariable | undefined
): PromptPiece[] {
  const pieces: PromptPiece[] = []
  const placed = new Set<string>()
  let speaker: Speaker = 'system'
  for (const [index, part] of rendered.split(MARK).entries()) {
    if (index % 2 === 0) {
      if (part.toLowerCase().includes(SECRET)) throw changedMark(role)
      pieces.push({ kind: 'words', speaker, text: part.replace(/\n(?:[ \t]*\n){2,}/g, '\n\n') })
      continue
    }
    const variable = variableOf(part)
    const section = variable?.section
    if (variable?.speaker !== undefined) speaker = variable.speaker
    if (!section || placed.has(section.id)) continue
    placed.add(section.id)
    const isMessages = variable?.kind === 'messages'
    pieces.push({ kind: 'section', speaker: isMessages ? null : speaker, section })
    if (isMessages) speaker = 'user'
  }
  return pieces
}

const changedMark = (role: RoleId | null) => {
  const reason = 'it changes a part of the prompt that can only be placed'
  return new FabulaError(TemplateError.Faulty, `A template failed: ${reason}`, {
    details: { line: 1, column: 1, role: role ?? undefined, reason },
  })
}
