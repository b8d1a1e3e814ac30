import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { freeName, nameKey } from '@contract/names'
import type { ModelSettings } from '@contract/entities/model-config'
import type { Preset } from '@contract/entities/preset'
import type { Story } from '@contract/entities/story'
import { RoleId, type PresetId } from '@contract/ids'
import { request } from '@renderer/api/bridge'
import { useLanguage } from '@renderer/components/use-local'
import { usePreferences } from '@renderer/components/use-preferences'

const MAIN = RoleId.parse('main')

export interface FirstStory {
  /** Makes a preset with these settings for the writer the default, and a story on it. Null: it failed, `error` says why. */
  begin: (main: ModelSettings) => Promise<Story | null>
  pending: boolean
  error: unknown
}

export function useFirstStory(): FirstStory {
  const { t } = useTranslation('guide')
  const language = useLanguage()
  const [, change] = usePreferences()
  const [pending, setPending] = useState(false)
  const [error, setError] = useState<unknown>(null)
  // Made once: a second try after a failure must not leave two presets behind.
  const made = useRef<PresetId>(undefined)

  const presetWith = async (main: ModelSettings): Promise<PresetId> => {
    const role = { enabled: true, modelConfigId: null, settings: main }
    if (made.current) {
      await request('presets.setRole', { id: made.current, role: MAIN, value: role })
      return made.current
    }
    const known = await request('presets.list', {})
    const taken = (name: string) => known.find((one) => nameKey(one.name) === nameKey(name))
    // The first one needs no other name; later ones say what they write with.
    const name = known.length === 0 ? t('presetName') : nameAfter(main)
    for (const one of [known.find(({ isDefault }) => isDefault), taken(name)])
      if (one && writesWith(await request('presets.get', { id: one.id }), main)) return one.id
    made.current = (
      await request('presets.create', {
        name: freeName(name, (one) => taken(one) !== undefined),
        roles: { [MAIN]: role },
      })
    ).id
    return made.current
  }

  const begin = async (main: ModelSettings) => {
    setPending(true)
    setError(null)
    try {
      const presetId = await presetWith(main)
      // Whoever goes through the guide again wants new stories to be written this way.
      await request('presets.setDefault', { id: presetId })
      const story = await request('stories.create', { language, presetId })
      change({ guideDone: true })
      return story
    } catch (thrown) {
      setError(thrown)
      return null
    } finally {
      setPending(false)
    }
  }
  return { begin, pending, error }
}

const MOST_IN_A_NAME = 100

/** `claude-sonnet-4` of `anthropic/claude-sonnet-4`. */
const nameAfter = ({ model = '' }: ModelSettings) => (model.split('/').at(-1) || model).slice(0, MOST_IN_A_NAME)

/** Whether a preset has its stories written by this model, with these keys: then another one would be the same again. */
function writesWith({ roles }: Preset, main: ModelSettings): boolean {
  const role = roles[MAIN]
  const keys = ({ tokenIds }: ModelSettings) => tokenIds?.toSorted().join() ?? null
  return (
    role?.modelConfigId === null &&
    role.settings.providerId === main.providerId &&
    role.settings.model === main.model &&
    keys(role.settings) === keys(main)
  )
}
