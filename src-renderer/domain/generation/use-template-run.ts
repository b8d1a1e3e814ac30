import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import { useState } from 'react'
import type { InputProblem, InputValues, TemplateContent } from '@contract/entities/template'
import type { FabulaError } from '@contract/errors'
import type { GenerationId, StoryId, TemplateId } from '@contract/ids'
import type { RouteOutput } from '@contract/routes'
import type { JsonValue } from '@contract/values'
import { routeQuery, useCommand, useRoute } from '@renderer/api/queries'
import { notifyError } from '@renderer/components/notify'
import { formValues, problemsWhileTyping } from '@renderer/domain/template-form/input-values'
import { useTemplateUse, useTemplateUseStore } from '@renderer/stores/template-use'

/** Milliseconds without a change after which what would be sent is written anew. */
const TYPING_MS = 250

export interface TemplateRun {
  /** Null until it is known with what the template was used last. */
  values: InputValues | null
  put: (name: string, value: JsonValue) => void
  problems: readonly InputProblem[]
  preview: UseQueryResult<RouteOutput<'templates.preview'>, FabulaError>
  /** Starts it; where values cannot be used, says so instead and gives them to `onFaulty`. */
  start: (onFaulty: (problems: readonly InputProblem[]) => void) => Promise<GenerationId | null>
  starting: boolean
}

export interface TemplateRunInput {
  id: TemplateId
  /** Of the version that is used. */
  content: TemplateContent
  storyId: StoryId | null
  selection?: string
}

/** A template with its form: values, what is wrong with them, what would be sent, and the start of a generation. */
export function useTemplateRun({ id, content, storyId, selection = '' }: TemplateRunInput): TemplateRun {
  const client = useQueryClient()
  const { values: given } = useTemplateUse(id)
  const last = useRoute('generations.lastInputs', { templateId: id })
  const values = last.isPending ? null : formValues(content.variables, given, last.data ?? null)
  const [settled] = useDebouncedValue(values, TYPING_MS)
  /** The form was sent: from then on, what is missing is said, too. */
  const [sent, setSent] = useState(false)
  const [starting, setStarting] = useState(false)
  const asked = { content, storyId, selection }
  const preview = useRoute(
    'templates.preview',
    { ...asked, inputs: settled ?? {} },
    { enabled: settled !== null, placeholderData: keepPreviousData }
  )
  const command = useCommand('generations.start')
  const found = preview.data?.inputs ?? []

  const start: TemplateRun['start'] = async (onFaulty) => {
    if (values === null || starting) return null
    setStarting(true)
    try {
      const { inputs } = await client.fetchQuery(routeQuery('templates.preview', { ...asked, inputs: values }))
      setSent(inputs.length > 0)
      if (inputs.length > 0) {
        onFaulty(inputs)
        return null
      }
      const made = await command.mutateAsync({ templateId: id, inputs: values, storyId, selection })
      client.setQueryData(['generations.get', { id: made.id }], made)
      return made.id
    } catch (error) {
      notifyError(error)
      return null
    } finally {
      setStarting(false)
    }
  }
  return {
    values,
    put: (name, value) => useTemplateUseStore.getState().put(id, name, value),
    problems: sent ? found : problemsWhileTyping(found),
    preview,
    start,
    starting,
  }
}
