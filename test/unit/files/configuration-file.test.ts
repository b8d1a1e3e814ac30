import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { CONFIGURATION_VERSION, ConfigurationFile, upgrades } from '@main/features/files/configuration-file'
import configurationSchema from '@resources/schemas/configuration.schema.json'

describe('the configuration file', () => {
  it('has a published schema that is true', () => {
    // After a change to the file's type: the text of this failure is the new file.
    const made = z.toJSONSchema(ConfigurationFile, { io: 'input', target: 'draft-2020-12' })
    expect(configurationSchema).toEqual(JSON.parse(JSON.stringify({ ...made, title: 'A configuration of Fabula' })))
  })

  it('has an upgrade from every older version, so that no file is left behind', () => {
    expect(upgrades).toHaveLength(CONFIGURATION_VERSION - 1)
  })
})
