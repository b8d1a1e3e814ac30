import { z } from 'zod'
import { JsonObject } from '@contract/values'
import samplers from '@resources/samplers.json'
import { fieldsOf } from '@contract/schema/setting-fields'
import { inlineReferences } from './kit/inline-references'
import { Flavour, ProviderDefinition } from './spec/definition'

const commonSettings = z.record(z.string(), JsonObject).parse(samplers.$defs)

/**
 * Reads the content of a provider file and inlines what it refers to. Throws an Error that names the file and what is
 * wrong with it: a provider file ships with Fabula, so this is a bug that must be loud.
 */
export function readDefinition(file: string, content: unknown): ProviderDefinition {
  try {
    const definition = ProviderDefinition.parse(content)
    return {
      ...definition,
      samplerSchema: inlineReferences(definition.samplerSchema, commonSettings),
      settingsSchema: inlineReferences(definition.settingsSchema, commonSettings),
      embeddingSchema: definition.embeddingSchema && inlineReferences(definition.embeddingSchema, commonSettings),
      media: Object.fromEntries(
        Object.entries(definition.media).map(([kind, media]) => [
          kind,
          { ...media, settingsSchema: inlineReferences(media.settingsSchema, commonSettings) },
        ])
      ),
    }
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error)
    throw new Error(`The provider file ${file} is wrong: ${reason}`, { cause: error })
  }
}

/** The same of a flavour's file. */
export function readFlavour(file: string, content: unknown): Flavour {
  const parsed = Flavour.safeParse(content)
  if (!parsed.success)
    throw new Error(`The flavour file ${file} is wrong: ${z.prettifyError(parsed.error)}`, { cause: parsed.error })
  return { ...parsed.data, samplerSchema: inlineReferences(parsed.data.samplerSchema, commonSettings) }
}

/** The template as a flavour makes it. Whose it is, it keeps: a provider of the user's has its own name. */
export function withFlavour(template: ProviderDefinition, flavour: Flavour | null): ProviderDefinition {
  if (!flavour) return template
  const { $schema: _schema, id: _id, name: _name, baseUrl: _address, ...said } = flavour
  return { ...template, ...said }
}

/**
 * Checks the settings of a definition one by one: throws for one that lacks a text, or is used outside of the body and is
 * in the body too. What ships is checked by a test and not at every start, which it would hold up.
 */
export function checkSettings(definition: ProviderDefinition): void {
  const ofMedia = Object.values(definition.media).map(({ settingsSchema }) => settingsSchema)
  for (const schema of [definition.samplerSchema, definition.settingsSchema, definition.embeddingSchema, ...ofMedia])
    if (schema) fieldsOf(schema)
  const outside = [definition.settingsSchema, ...ofMedia].flatMap((schema) =>
    fieldsOf(schema).filter(({ wire }) => wire === null)
  )
  const names = new Set(outside.map(({ key }) => key))
  const inTemplates = Object.values(definition.modelTemplates).flatMap((template) =>
    Array.from(template.matchAll(/\{(\w+)\}/g), ([, name = '']) => name).filter((name) => name !== 'model')
  )
  for (const name of [...Object.values(definition.headersFromSettings), ...inTemplates])
    if (!names.has(name)) throw new Error(`"${name}" is not a setting with "x-wire": null`)
}

const files = import.meta.glob<unknown>('@resources/providers/*.json', { eager: true, import: 'default' })

/** Every provider that comes with Fabula, templates too, in the order of their ids. */
export const providerDefinitions: readonly ProviderDefinition[] = Object.entries(files)
  .map(([file, content]) => readDefinition(file, content))
  .toSorted((one, other) => (one.id < other.id ? -1 : 1))

/** The pattern for the providers that users add. */
export const providerTemplate: ProviderDefinition = (() => {
  const template = providerDefinitions.find((definition) => definition.template)
  if (!template) throw new Error('No provider file is a template')
  return template
})()

const flavourFiles = import.meta.glob<unknown>('@resources/flavours/*.json', { eager: true, import: 'default' })

let read: readonly Flavour[] | undefined

/** Every flavour of the template, by name. Read when the first provider with one is met: most people have none. */
export const flavours = (): readonly Flavour[] =>
  (read ??= Object.entries(flavourFiles)
    .map(([file, content]) => readFlavour(file, content))
    .toSorted((one, other) => one.name.localeCompare(other.name, 'en')))
