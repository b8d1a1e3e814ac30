import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { RouteOutput } from '@contract/routes'
import { useCommand } from '@renderer/api/queries'
import { pickTextFile } from '@renderer/components/text-files'

export type ImportOutcome =
  | { type: 'done'; result: RouteOutput<'presetFiles.import'> }
  | { type: 'failed'; error: unknown }

export interface Import {
  pick: () => void
  running: boolean
  /** What the last import came to; null when there was none or it was read. */
  outcome: ImportOutcome | null
  close: () => void
}

/** Reads a preset file that the user picks and takes it in, wholly or not at all. */
export function useImport(): Import {
  const [, go] = useLocation()
  const client = useQueryClient()
  const [outcome, setOutcome] = useState<ImportOutcome | null>(null)
  const { mutateAsync, isPending } = useCommand('presetFiles.import')

  const pick = async () => {
    setOutcome(null)
    try {
      const text = await pickTextFile('.json,application/json')
      if (text === null) return
      const result = await mutateAsync({ text })
      setOutcome({ type: 'done', result })
      void client.invalidateQueries({ queryKey: ['presets.list'] })
      const [first] = result.presets
      if (first) go(`/presets/${first.id}`)
    } catch (error) {
      setOutcome({ type: 'failed', error })
    }
  }
  return { pick: () => void pick(), running: isPending, outcome, close: () => setOutcome(null) }
}
