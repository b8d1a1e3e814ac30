import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { FabulaError, FileError } from '@contract/errors'
import { LARGEST_FILE, type ImportPlan, type ImportReport } from '@contract/routes/files'
import { request } from '@renderer/api/bridge'
import { decodeText, type TextEncoding } from '@renderer/components/decode-text'
import type { ModelChoice } from '@renderer/domain/model-picker/model-choice'
import { chosen, noChoices, type Choices } from './import-choices'
import { isForeignPreset } from './joined-plan'

/** A file that can be taken in. */
export interface PlannedFile {
  name: string
  text: string
  encoding: TextEncoding
  plan: ImportPlan
}

/** A file that cannot, and why. */
export interface FaultyFile {
  name: string
  error: unknown
}

interface Read {
  planned: readonly PlannedFile[]
  faulty: readonly FaultyFile[]
}

type Step =
  | { name: 'reading' }
  | ({ name: 'planned'; running: boolean; error: unknown } & Read)
  | ({ name: 'done'; report: ImportReport } & Read)

export interface ImportFiles {
  step: Step
  choices: Choices
  choose: (change: Partial<Choices>) => void
  run: () => void
}

/** Reads a file as text. What main would refuse for its size is not even read. */
async function readText(file: File): Promise<{ text: string; encoding: TextEncoding }> {
  if (file.size > LARGEST_FILE)
    throw new FabulaError(FileError.TooLarge, `The file has ${file.size} bytes`, { details: { limit: LARGEST_FILE } })
  const decoded = decodeText(new Uint8Array(await file.arrayBuffer()))
  if (!decoded) throw new FabulaError(FileError.NotJson, 'The file is no whole text')
  return decoded
}

const shortName = (file: File) => file.name.slice(-300)

async function look(file: Omit<PlannedFile, 'plan'>, model: ModelChoice | null): Promise<PlannedFile> {
  const { name, text } = file
  const plan = await request('files.preview', { text, fileName: name, ...(model ? { model } : {}) })
  return { ...file, plan }
}

async function readAll(files: readonly File[]): Promise<Read> {
  const planned: PlannedFile[] = []
  const faulty: FaultyFile[] = []
  // One after another: each may be large, and main reads one at a time anyway.
  for (const file of files) {
    const name = shortName(file)
    try {
      planned.push(await look({ name, ...(await readText(file)) }, null))
    } catch (error) {
      faulty.push({ name, error })
    }
  }
  return { planned, faulty }
}

/** One import, from its files to the result. */
export function useImportFiles(files: readonly File[]): ImportFiles {
  const client = useQueryClient()
  const [, go] = useLocation()
  const [step, setStep] = useState<Step>({ name: 'reading' })
  const [choices, setChoices] = useState(noChoices)

  useEffect(() => {
    let current = true
    const start = async () => {
      const read = await readAll(files)
      if (current) setStep({ name: 'planned', ...read, running: false, error: null })
    }
    void start()
    return () => {
      current = false
    }
  }, [files])

  const whilePlanned = (change: object) =>
    setStep((before) => (before.name === 'planned' ? { ...before, ...change } : before))

  /** What a foreign preset loses depends on the model. */
  const lookAgain = async (planned: readonly PlannedFile[], model: ModelChoice) => {
    try {
      const looked: PlannedFile[] = []
      for (const file of planned) looked.push(isForeignPreset(file.plan) ? await look(file, model) : file)
      whilePlanned({ planned: looked, error: null })
    } catch (error) {
      whilePlanned({ error })
    }
  }

  const run = async ({ planned, faulty }: Read) => {
    whilePlanned({ running: true, error: null })
    try {
      const report = await request('files.import', {
        files: planned.map(({ name, text }) => ({ fileName: name, text })),
        choices: chosen(choices),
      })
      await client.invalidateQueries({ queryKey: ['presets.list'] })
      const [preset] = report.presets
      if (preset) go(`/presets/${preset.id}`)
      setStep({ name: 'done', planned, faulty, report })
    } catch (error) {
      whilePlanned({ running: false, error })
    }
  }

  return {
    step,
    choices,
    choose: (change) => {
      setChoices((before) => ({ ...before, ...change }))
      if (change.model && step.name === 'planned') void lookAgain(step.planned, change.model)
    },
    run: () => {
      if (step.name === 'planned') void run(step)
    },
  }
}
