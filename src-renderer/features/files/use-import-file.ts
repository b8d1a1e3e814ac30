import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { FabulaError, FileError } from '@contract/errors'
import { LARGEST_FILE, type ImportPlan, type ImportReport } from '@contract/routes/files'
import { request } from '@renderer/api/bridge'
import type { ModelChoice } from '@renderer/components/model-picker/model-choice'
import { notifyDone, notifyUndo } from '@renderer/components/notify'
import { chosen, noChoices, type Choices } from './import-choices'

type Step =
  | { name: 'reading' }
  | { name: 'failed'; error: unknown }
  | { name: 'planned'; text: string; plan: ImportPlan; running: boolean; error: unknown }
  | { name: 'done'; plan: ImportPlan; report: ImportReport }

export interface ImportFile {
  step: Step
  choices: Choices
  choose: (change: Partial<Choices>) => void
  run: () => void
}

/** Reads a file as text; one that main would refuse for its size is not even read. */
async function readText(file: File): Promise<string> {
  if (file.size > LARGEST_FILE)
    throw new FabulaError(FileError.TooLarge, `The file has ${file.size} bytes`, { details: { limit: LARGEST_FILE } })
  return file.text()
}

/** One import from the file to the result. `onSettled` is told when there is nothing left to show. */
export function useImportFile(file: File, onSettled: () => void): ImportFile {
  const { t } = useTranslation('files')
  const client = useQueryClient()
  const [, go] = useLocation()
  const [step, setStep] = useState<Step>({ name: 'reading' })
  const [choices, setChoices] = useState(noChoices)

  useEffect(() => {
    let current = true
    const read = async () => {
      try {
        const text = await readText(file)
        const plan = await request('files.preview', { text, fileName: shortName(file) })
        if (current) setStep({ name: 'planned', text, plan, running: false, error: null })
      } catch (error) {
        if (current) setStep({ name: 'failed', error })
      }
    }
    void read()
    return () => {
      current = false
    }
  }, [file])

  /** What a foreign preset loses depends on the model. */
  const lookAgain = async (text: string, model: ModelChoice) => {
    try {
      const plan = await request('files.preview', { text, fileName: shortName(file), model })
      setStep((before) => (before.name === 'planned' ? { ...before, plan, error: null } : before))
    } catch (error) {
      setStep((before) => (before.name === 'planned' ? { ...before, error } : before))
    }
  }

  const takeBack = async ({ undoId, presets }: ImportReport) => {
    if (presets.length > 0) go('/presets')
    await request('files.undo', { undoId })
    notifyDone(t('done.undone'))
  }

  const run = async (text: string, plan: ImportPlan) => {
    setStep({ name: 'planned', text, plan, running: true, error: null })
    try {
      const report = await request('files.import', { text, fileName: shortName(file), choices: chosen(choices) })
      await client.invalidateQueries({ queryKey: ['presets.list'] })
      const [preset] = report.presets
      if (preset) go(`/presets/${preset.id}`)
      const count = report.presets.length + report.modelConfigs.length + report.providers.length
      if (count > 0) notifyUndo({ text: t('done.notice', { count }), undo: () => takeBack(report) })
      if (report.notCarried.length + plan.losses.length === 0) onSettled()
      else setStep({ name: 'done', plan, report })
    } catch (error) {
      setStep({ name: 'planned', text, plan, running: false, error })
    }
  }

  return {
    step,
    choices,
    choose: (change) => {
      setChoices((before) => ({ ...before, ...change }))
      if (change.model && step.name === 'planned') void lookAgain(step.text, change.model)
    },
    run: () => {
      if (step.name === 'planned') void run(step.text, step.plan)
    },
  }
}

const shortName = (file: File) => file.name.slice(-300)
