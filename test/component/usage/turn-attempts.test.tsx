import { screen, within } from '@testing-library/react'
import { describe, expect, it, test } from 'vitest'
import { RoleId } from '@contract/ids'
import { detourOf } from '@renderer/domain/turn-attempts/detour'
import { TurnAttempts } from '@renderer/domain/turn-attempts/TurnAttempts'
import { createInMemoryBridge, type Handlers } from '@test/component/in-memory-bridge'
import { expectNoAxeViolations, renderWith } from '@test/component/render'
import { call, failedCall, inTurn, turnId } from './calls'

const main = RoleId.parse('main')

describe('what is said of the attempts of a turn', () => {
  it('is nothing when none failed', () => {
    expect(detourOf([call(1), call(2, { purpose: inTurn('guard'), outcome: 'stopped' })], main)).toBeNull()
  })

  it('names the model that failed, or the key when the failure was the key’s', () => {
    expect(detourOf([failedCall(1), call(2, { attempt: 2, model: 'other' })], main)).toEqual({
      kind: 'after',
      who: { model: 'anthropic/claude' },
      code: 'provider_overloaded',
    })
    const refused = failedCall(1, { errorCode: 'provider_unauthorized' })
    expect(detourOf([refused, call(2, { attempt: 2, tokenName: 'spare' })], main)).toMatchObject({
      who: { key: 'home' },
    })
  })

  it('only counts failures that were several, another role’s, or the end of it', () => {
    const last = call(3, { attempt: 3 })
    expect(detourOf([failedCall(1), failedCall(2, { attempt: 2 }), last], main)).toEqual({ kind: 'failed', count: 2 })
    expect(
      detourOf(
        [failedCall(1, { purpose: inTurn('guard') }), call(2, { purpose: inTurn('guard'), attempt: 2 }), call(3)],
        main
      )
    ).toEqual({
      kind: 'failed',
      count: 1,
    })
    expect(detourOf([failedCall(1, { firstTokenMs: 90 })], main)).toEqual({ kind: 'failed', count: 1 })
  })

  it('counts those of a turn that came to nothing, where its error does not tell of all', () => {
    expect(detourOf([failedCall(1)], null)).toBeNull()
    expect(detourOf([failedCall(1), failedCall(2, { attempt: 2 })], null)).toEqual({ kind: 'failed', count: 2 })
  })
})

const show = (handlers: Handlers, language: 'en' | 'ru' = 'en') => {
  const bridge = createInMemoryBridge({
    'roles.list': () => [],
    'usage.ofTurn': () => [failedCall(1), call(2, { attempt: 2, model: 'google/gemini', tokenName: 'spare' })],
    ...handlers,
  })
  return renderWith(bridge, <TurnAttempts turnId={turnId} writer={main} />, language)
}

test('a passage tells after whose failure it was written, and shows every attempt on demand', async () => {
  const { user } = show({})
  const opener = await screen.findByRole('button', { name: 'after anthropic/claude was overloaded' })
  expect(opener.getAttribute('aria-expanded')).toBe('false')
  await user.click(opener)
  const table = await screen.findByRole('table', { name: 'Every attempt of this turn' })
  const [, first, second] = within(table).getAllByRole('row')
  expect(first?.textContent).toBe('mainanthropic/claudeOpenRouter · key homeOpenRouter is overloaded.120\u00a0ms–')
  expect(second?.textContent).toBe('maingoogle/geminiOpenRouter · key spareanswered5.2\u00a0s$0.0081')
  await expectNoAxeViolations()
  await user.keyboard('{Escape}')
  expect(screen.queryByRole('table')).toBeNull()
  expect(document.activeElement).toBe(opener)
})

test('in Russian too', async () => {
  show(
    { 'usage.ofTurn': () => [failedCall(1, { errorCode: 'provider_payment_required' }), call(2, { attempt: 2 })] },
    'ru'
  )
  expect(await screen.findByRole('button', { name: 'после ключа «home»: нет средств' })).toBeTruthy()
})
