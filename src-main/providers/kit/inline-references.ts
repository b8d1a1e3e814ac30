import { z } from 'zod'
import type { SettingsSchema } from '@contract/entities/provider'
import { JsonObject } from '@contract/values'

const PREFIX = '../samplers.json#/$defs/'

const WithProperties = z.looseObject({ properties: z.record(z.string(), JsonObject) })

/**
 * Puts the common settings of `resources/samplers.json` in the place of the references to them. What stands beside a
 * `$ref` overrides the common setting. Throws for a reference to something else.
 */
export function inlineReferences(schema: SettingsSchema, common: Record<string, JsonObject>): SettingsSchema {
  const { properties, ...rest } = WithProperties.parse(schema)
  const inlined = Object.entries(properties).map(([key, { $ref, ...own }]) => {
    if ($ref === undefined) return [key, own]
    const name = typeof $ref === 'string' && $ref.startsWith(PREFIX) ? $ref.slice(PREFIX.length) : ''
    const shared = Object.hasOwn(common, name) ? common[name] : undefined
    if (!shared) throw new Error(`"${key}" refers to ${JSON.stringify($ref)}, which is not in samplers.json`)
    return [key, { ...shared, ...own }]
  })
  return JsonObject.parse({ ...rest, properties: Object.fromEntries(inlined) })
}
