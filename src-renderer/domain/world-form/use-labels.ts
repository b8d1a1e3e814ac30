import { useTranslation } from 'react-i18next'
import type worlds from '@resources/locales/en/worlds.json'
import type { FieldName } from './fields'

/** Fields whose name does not say all: these have a line under it. */
const helped: Readonly<Record<keyof (typeof worlds)['help'], true>> = {
  aliases: true,
  budget: true,
  caseSensitive: true,
  constant: true,
  content: true,
  cooldown: true,
  delay: true,
  depth: true,
  examples: true,
  greetings: true,
  groupFirst: true,
  groups: true,
  groupWeight: true,
  ignoresBudget: true,
  keys: true,
  loreBudget: true,
  note: true,
  noteDepth: true,
  notWokenByLore: true,
  order: true,
  priority: true,
  recursionLevel: true,
  recursionSteps: true,
  scenario: true,
  sticky: true,
  styleGuide: true,
  wordForms: true,
}
const isHelped = (path: FieldName): path is FieldName & keyof typeof helped => Object.hasOwn(helped, path)

/** What a field is called, and what it is for where that is not plain. */
export function useLabels(path: FieldName): { label: string; help: string | undefined } {
  const { t } = useTranslation('worlds')
  return { label: t(`fields.${path}`), help: isHelped(path) ? t(`help.${path}`) : undefined }
}
