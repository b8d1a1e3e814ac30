import { InputName, type InputVariable } from '@contract/entities/template'
import { newVariable } from '@contract/entities/new-variable'
import { LONGEST_TEMPLATE } from '@contract/entities/template-text'
import { FabulaError, FileError } from '@contract/errors'
import { guessedType } from '@contract/jinja/guessed-type'
import { namesIn, valuePath } from '@contract/jinja/names'
import type { Language, LocalizedText } from '@contract/values'
import { emptyFile, type ConfigurationFile } from './configuration-file'
import { nameFromFile } from './file-names'
import { FileContent } from './template-file'

/** Variables that a template can ask for (contract `TemplateContent`). */
const MOST_VARIABLES = 100
/** Behind these endings a text is a template, whatever it says. */
const ENDING = /\.(jinja2?|j2)$/i
const TEXT_ENDING = /\.(txt|md|tmpl|prompt)$/i
const CODE = /\{\{[\s\S]{0,2000}?\}\}|\{%[\s\S]{0,2000}?%\}/
/** Where a prompt of a role goes over from instructions to what is said by the writer. */
const AS_USER = /^[^\S\n]*\{\{-?[^\S\n]*as_user[^\S\n]*-?\}\}[^\S\n]*$/m

const DOTTED: LocalizedText = {
  en: 'The template uses {{paths}}, which is a part of it. A text has no parts: change the template, or give it a text.',
  ru: 'Шаблон берёт отсюда {{paths}} — часть этого значения. У текста частей нет: измените шаблон или подставьте текст.',
}

/** Whether a text that is no JSON is a template. */
export const isTemplateText = (fileName: string, text: string): boolean =>
  ENDING.test(fileName) || (TEXT_ENDING.test(fileName) && CODE.test(text))

/**
 * A template of a plain Jinja text, called as its file, with the variables that the text uses and a story does not give. The
 * text is read and not run. Throws `file_too_large`.
 *
 * @param takenNames those that say something in every template
 */
export function templateFromText(
  text: string,
  fileName: string,
  takenNames: ReadonlySet<string>,
  language: Language
): ConfigurationFile {
  const whole = text
    .replace(/^\ufeff/, '')
    .replaceAll(/\r\n?/g, '\n')
    .trim()
  if (whole.length > LONGEST_TEMPLATE)
    throw new FabulaError(FileError.TooLarge, `The template has more than ${LONGEST_TEMPLATE} characters`, {
      details: { limit: LONGEST_TEMPLATE },
    })
  const border = AS_USER.exec(whole)
  const content = FileContent.parse({
    system: border ? whole.slice(0, border.index).trim() : '',
    user: border ? whole.slice(border.index + border[0].length).trim() : whole,
    variables: variablesIn(whole, takenNames, language),
  })
  const name = nameFromFile(fileName, 'Jinja')
  return {
    ...emptyFile,
    templates: [{ name, description: '', group: 'other', versions: [{ name: '', note: '', content }] }],
  }
}

/** What the text uses and nothing gives it, each with the type that it most likely has. */
function variablesIn(text: string, takenNames: ReadonlySet<string>, language: Language): InputVariable[] {
  const found = new Map<string, Set<string>>()
  for (const used of namesIn(text).variables) {
    const { root, isBound } = used
    const path = valuePath(used)
    if (path === null || isBound || takenNames.has(root) || !InputName.safeParse(root).success) continue
    const paths = found.get(root) ?? new Set<string>()
    if (path !== root) paths.add(path)
    found.set(root, paths)
  }
  return [...found].slice(0, MOST_VARIABLES).map(([name, paths]) => {
    const help = paths.size === 0 ? '' : DOTTED[language].replace('{{paths}}', [...paths].slice(0, 10).join(', '))
    return { ...newVariable(guessedType(name, [text]), name), help, required: false }
  })
}
