import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { FileError } from '@contract/errors'
import { StoryId, WorldId, type UploadId } from '@contract/ids'
import { LARGEST_FILE, type ImportPlan, type ImportReport } from '@contract/routes/files'
import type { Language } from '@contract/values'
import { bridge, request } from '@renderer/api/bridge'
import { notifyDone, notifyError } from '@renderer/components/notify'
import { toErrorShape } from '@renderer/components/error-text'
import { useLanguage } from '@renderer/components/use-local'
import type { FileToImport } from '@renderer/stores/files-dialog'
import { chosen, noChoices, previewed, type Choices } from './import-choices'
import { useBrought } from './use-brought'
import { sendFile, type SentFile } from './incoming-file'
import { dependsOn } from './joined-plan'

/** A file that can be taken in. */
export interface PlannedFile extends SentFile {
  name: string
  plan: ImportPlan
}

/** A file that cannot, and why. */
export interface FaultyFile {
  name: string
  error: unknown
}

/** How far something is that takes long. */
export interface Progress {
  done: number
  total: number
}

interface Read {
  planned: readonly PlannedFile[]
  faulty: readonly FaultyFile[]
}

type Step =
  | { name: 'reading'; progress: Progress }
  | ({ name: 'planned'; running: boolean; progress: Progress | null; error: unknown } & Read)
  | ({ name: 'done'; report: ImportReport } & Read)

export interface ImportFiles {
  step: Step
  choices: Choices
  choose: (change: Partial<Choices>) => void
  run: () => void
  /** Stops an import that is on its way. */
  stop: () => void
}

async function look(file: Omit<PlannedFile, 'plan'>, choices: Choices, language: Language): Promise<PlannedFile> {
  const plan = await request('files.preview', { ...file.file, ...previewed(choices, language) })
  return { ...file, plan }
}

/** One import, from its files to the result. */
export function useImportFiles(files: readonly FileToImport[]): ImportFiles {
  const client = useQueryClient()
  const [language] = useState(useLanguage())
  const [place, go] = useLocation()
  const [step, setStep] = useState<Step>({ name: 'reading', progress: { done: 0, total: files.length } })
  const [choices, setChoices] = useState<Choices>(() => ({
    ...noChoices,
    world: worldAt(place),
    story: storyAt(place),
  }))
  const [first] = useState(choices)
  /** False once the dialog is closed; what was begun goes on without it. */
  const isOpen = useRef(true)
  const taking = useRef<Promise<void>>(Promise.resolve())
  const brought = useBrought()

  useEffect(() => {
    const sent: UploadId[] = []
    isOpen.current = true
    let current = true
    const drop = () => {
      // Main lets go of them anyway when the app closes.
      if (sent.length > 0) request('files.dropUploads', { uploadIds: sent }).catch(() => undefined)
    }
    const readAll = async (): Promise<Read> => {
      const planned: PlannedFile[] = []
      const faulty: FaultyFile[] = []
      const room = { left: LARGEST_FILE }
      // One after another: each may be large, and main reads one at a time anyway.
      for (const [done, file] of files.entries()) {
        if (!current) break
        setStep({ name: 'reading', progress: { done, total: files.length } })
        const name = nameOf(file).slice(-300)
        try {
          planned.push(await look({ name, ...(await sendFile(file, room, sent)) }, first, language))
        } catch (error) {
          faulty.push({ name, error })
        }
      }
      return { planned, faulty }
    }
    const start = async () => {
      const read = await readAll()
      if (current) setStep({ name: 'planned', ...read, running: false, progress: null, error: null })
      else drop()
    }
    void start()
    return () => {
      current = false
      isOpen.current = false
      // What is being taken in is still read.
      void taking.current.finally(drop)
    }
  }, [files, first, language])

  useEffect(
    () =>
      bridge().subscribe(({ name, payload }) => {
        if (name === 'files.progress')
          setStep((before) => (before.name === 'planned' ? { ...before, progress: payload } : before))
      }),
    []
  )

  const whilePlanned = (change: object) =>
    setStep((before) => (before.name === 'planned' ? { ...before, ...change } : before))

  /** What a foreign preset loses depends on the model, and what is here already on the world. */
  const previewAgain = async (planned: readonly PlannedFile[], change: Partial<Choices>) => {
    try {
      const looked: PlannedFile[] = []
      for (const file of planned)
        looked.push(dependsOn(file.plan, change) ? await look(file, { ...choices, ...change }, language) : file)
      whilePlanned({ planned: looked, error: null })
    } catch (error) {
      whilePlanned({ error })
    }
  }

  const run = async ({ planned, faulty }: Read) => {
    whilePlanned({ running: true, error: null })
    try {
      const report = await request('files.import', {
        files: planned.map(({ file }) => file),
        choices: chosen(choices, language),
      })
      await client.invalidateQueries({ queryKey: ['presets.list'] })
      await client.invalidateQueries({ queryKey: ['templates.list'] })
      if (!isOpen.current) {
        notifyDone(brought(report).join(' '))
        return
      }
      // Whoever brings something to a story goes on with it.
      const to = report.takenBy ? null : broughtAt(report)
      if (to !== null) go(to)
      setStep({ name: 'done', planned, faulty, report })
    } catch (error) {
      const stopped = toErrorShape(error).code === FileError.ImportStopped
      if (isOpen.current) whilePlanned({ running: false, progress: null, error: stopped ? null : error })
      else if (!stopped) notifyError(error)
    }
  }

  return {
    step,
    choices,
    choose: (change) => {
      setChoices((before) => ({ ...before, ...change }))
      const { model, world, preset, passages } = change
      const asks = Boolean(model ?? passages) || world !== undefined || preset !== undefined
      if (asks && step.name === 'planned') void previewAgain(step.planned, change)
    },
    run: () => {
      if (step.name === 'planned') taking.current = run(step)
    },
    stop: () => void request('files.stopImport', {}).catch(notifyError),
  }
}

const nameOf = (file: FileToImport): string => (file instanceof File ? file.name : file.fileName)

/** The world whose screen is open is the one that characters and lore come into. */
function worldAt(place: string): Choices['world'] {
  const id = WorldId.safeParse(/^\/worlds\/([^/]+)/.exec(place)?.[1])
  return id.success ? { id: id.data } : null
}

/** The story that is open takes the world that characters and lore come into. */
function storyAt(place: string): StoryId | null {
  return StoryId.safeParse(/^\/stories\/([^/]+)/.exec(place)?.[1]).data ?? null
}

/** The screen that shows what was brought. */
function broughtAt({
  presets: [preset],
  world,
  templates: [template],
  stories: [story, ...others],
}: ImportReport): string | null {
  if (preset) return `/presets/${preset.id}`
  if (world) return `/worlds/${world.id}`
  if (template && !story) return `/templates/${template.id}`
  if (!story) return null
  return others.length > 0 ? '/stories' : `/stories/${story.id}`
}
