import { Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { stringsOf } from '@contract/json'
import type { JsonObject } from '@contract/values'
import { useRoute } from '@renderer/api/queries'
import classes from './Worlds.module.css'

/** Keys that are patterns and do not work, each with the reason. */
export function KeyProblems({ values }: { values: JsonObject }) {
  const patterns = [...stringsOf(values['keys']), ...stringsOf(values['secondaryKeys'])].filter((key) =>
    key.trim().startsWith('/')
  )
  return [...new Set(patterns)].map((key) => <KeyProblem key={key} pattern={key} />)
}

function KeyProblem({ pattern }: { pattern: string }) {
  const { t } = useTranslation('worlds')
  const { data } = useRoute('worlds.checkKey', { key: pattern })
  return data ? (
    <Text size="sm" c="var(--fab-warning)" className={classes.problem} role="status">
      <IconAlertTriangle size={15} aria-hidden />
      {t('badPattern', { pattern, reason: data })}
    </Text>
  ) : null
}
