import { VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Token } from '@contract/entities/token'
import { useNow } from '@renderer/components/use-now'
import classes from './TokenBadge.module.css'

const minutes = (ms: number) => {
  const seconds = Math.ceil(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

export interface TokenStateTextProps {
  token: Pick<Token, 'state' | 'coolingUntil' | 'needsKey'>
  /** Only the dot is seen, and the time of a key that rests; screen readers get the words. */
  quiet?: boolean
}

/** A key's state: a dot and a word; a resting key counts down to when it may be used again. */
export function TokenStateText({ token, quiet = false }: TokenStateTextProps) {
  const { t } = useTranslation('common')
  const until = token.coolingUntil === null ? 0 : Date.parse(token.coolingUntil)
  const now = useNow(token.state === 'cooling' && !token.needsKey)
  const left = until - now
  const rested = token.state === 'cooling' && left <= 0
  const state = token.needsKey ? 'needsKey' : rested ? 'active' : token.state
  const words = t(`token.${state}`)
  const time = state === 'cooling' ? minutes(left) : ''
  return (
    <span className={classes.state}>
      <span className={classes.dot} data-state={state} aria-hidden />
      {quiet ? <VisuallyHidden>{words}</VisuallyHidden> : words}
      {time && <span aria-hidden={quiet}>{time}</span>}
    </span>
  )
}
