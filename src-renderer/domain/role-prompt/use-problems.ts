import type { i18n } from 'i18next'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { LONGEST_TEMPLATE, type TemplateProblem } from '@contract/entities/template-text'
import type { RoleId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { templateMessage } from '@renderer/components/template-message'
import type { MarkedPlace } from '@renderer/components/code-editor/CodeEditor'

/** Between two letters of somebody who types, nothing is checked. */
const REST_MS = 300

export interface Problem extends MarkedPlace {
  /** It is about the text as a whole. */
  isEverywhere: boolean
}

export interface Problems {
  /** Null: not checked yet. */
  problems: readonly Problem[] | null
  isFailed: boolean
}

/** One thing that is wrong, in the app's language. */
export function inWords({ kind, name, message, fatal, ...place }: TemplateProblem, i18n: i18n): Problem {
  const said =
    kind === 'failed' || kind === 'syntax'
      ? templateMessage(message, i18n)
      : i18n.t(`prompts:problems.${kind}`, { name })
  const isEverywhere = kind === 'not_mentioned' || kind === 'too_costly'
  return { ...place, isEverywhere, isWarning: !fatal, message: said }
}

/** What is wrong with a prompt, in words, as it is typed. */
export function useProblems(role: RoleId, typed: string): Problems {
  const { t, i18n } = useTranslation('prompts')
  const [text] = useDebouncedValue(typed, REST_MS)
  const fits = text.length <= LONGEST_TEMPLATE
  const { data, isError } = useRoute(
    'prompts.check',
    { role, text: fits ? text : '' },
    { enabled: fits, placeholderData: keepPreviousData, gcTime: 0 }
  )
  const problems = useMemo(() => {
    const everywhere = { line: 1, column: 1, length: 0, isEverywhere: true }
    if (!fits) return [{ ...everywhere, isWarning: false, message: t('problems.tooLong', { count: LONGEST_TEMPLATE }) }]
    return data?.map((problem) => inWords(problem, i18n)) ?? null
  }, [data, fits, i18n, t])
  return { problems, isFailed: isError }
}
