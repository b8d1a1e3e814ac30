import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { LONGEST_TEMPLATE } from '@contract/entities/template-text'
import type { TemplateContent } from '@contract/entities/template'
import type { TemplatePart } from '@contract/routes/templates'
import { useRoute } from '@renderer/api/queries'
import { inWords, type Problems } from '@renderer/domain/role-prompt/use-problems'

/** Between two letters of somebody who types, nothing is checked. */
export const REST_MS = 300

export interface Check {
  problems: Readonly<Record<TemplatePart, Problems>>
  /** Names that the texts use and nothing gives them. */
  missing: readonly string[]
  /** Variables that no text uses. */
  unused: readonly string[]
}

export const fits = ({ system, user }: TemplateContent) =>
  system.length <= LONGEST_TEMPLATE && user.length <= LONGEST_TEMPLATE

/** What is wrong with the texts of a template, as they are typed. */
export function useCheck(typed: TemplateContent): Check {
  const { i18n } = useTranslation('prompts')
  const [content] = useDebouncedValue(typed, REST_MS)
  const { data, isError } = useRoute(
    'templates.check',
    { content },
    { enabled: fits(content), placeholderData: keepPreviousData, gcTime: 0 }
  )
  return useMemo(() => {
    const of = (part: TemplatePart): Problems => ({
      problems: data?.problems.filter((each) => each.part === part).map((each) => inWords(each, i18n)) ?? null,
      isFailed: isError,
    })
    return {
      problems: { system: of('system'), user: of('user') },
      missing: data?.missing ?? [],
      unused: data?.unused ?? [],
    }
  }, [data, isError, i18n])
}
