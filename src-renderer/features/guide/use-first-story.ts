import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelSettings } from '@contract/entities/model-config'
import type { Story } from '@contract/entities/story'
import { RoleId, type PresetId } from '@contract/ids'
import { request } from '@renderer/api/bridge'
import { useLanguage } from '@renderer/components/use-local'
import { usePreferences } from '@renderer/components/use-preferences'

const MAIN = RoleId.parse('main')

export interface FirstStory {
  /** Makes a preset whose main role has these settings, and a story on it. Null: it failed, `error` says why. */
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
  const presetId = useRef<PresetId>(undefined)

  const presetWith = async (main: ModelSettings): Promise<PresetId> => {
    const role = { enabled: true, modelConfigId: null, settings: main }
    if (presetId.current) {
      await request('presets.setRole', { id: presetId.current, role: MAIN, value: role })
      return presetId.current
    }
    const names = new Set((await request('presets.list', {})).map(({ name }) => name))
    let name = t('presetName')
    for (let number = 2; names.has(name); number += 1) name = `${t('presetName')} ${number}`
    presetId.current = (await request('presets.create', { name, roles: { [MAIN]: role } })).id
    return presetId.current
  }

  const begin = async (main: ModelSettings) => {
    setPending(true)
    setError(null)
    try {
      const story = await request('stories.create', { language, presetId: await presetWith(main) })
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
