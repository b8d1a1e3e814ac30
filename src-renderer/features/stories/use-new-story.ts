import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { PresetId } from '@contract/ids'
import { request } from '@renderer/api/bridge'
import { notifyDone, notifyError } from '@renderer/components/notify'
import { useLanguage } from '@renderer/components/use-local'

/** Makes a story with a preset, or with the default one, and opens it; leads to the guide where no preset says yet who would write it. */
export function useNewStory(): { create: (presetId?: PresetId) => Promise<void>; pending: boolean } {
  const { t } = useTranslation('stories')
  const language = useLanguage()
  const [, navigate] = useLocation()
  const [pending, setPending] = useState(false)

  const create = async (presetId?: PresetId) => {
    if (pending) return
    setPending(true)
    try {
      const presets = await request('presets.list', {})
      if (presets.length === 0) {
        notifyDone(t('needsPreset'))
        navigate('/guide')
        return
      }
      const story = await request('stories.create', { language, ...(presetId ? { presetId } : {}) })
      navigate(`/stories/${story.id}`)
    } catch (error) {
      notifyError(error)
    } finally {
      setPending(false)
    }
  }
  return { create, pending }
}
