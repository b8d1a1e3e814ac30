import { describe, expect, it } from 'vitest'
import { answerFault } from '@main/features/turns/steps/answer-fault'
import { Verdict } from '@main/features/turns/steps/guard-answer'
import { jsonIn } from '@main/features/turns/steps/json-text'

const faultOf = (answer: string) => {
  try {
    Verdict.parse(jsonIn(answer), { reportInput: true })
  } catch (error) {
    return answerFault(error, answer)
  }
  throw new Error('The answer is a good one')
}
const contradiction = { quote: 'blue', source: 'C1', canon: 'green', why: 'eyes', severity: 'high' }
const verdict = (more: object) => JSON.stringify({ verdict: 'contradicts', contradictions: [contradiction], ...more })

describe('what is wrong with an answer', () => {
  it.each([
    ['It is fine.', 'none', null],
    ['{"verdict":"passes","contra', 'broken', null],
    ['{"verdict":"passes",}', 'broken', null],
    [verdict({ verdict: undefined }), 'missing', 'verdict'],
    [verdict({ verdict: 'maybe' }), 'value', 'verdict'],
    [verdict({ contradictions: 'none' }), 'kind', 'contradictions'],
    [verdict({ contradictions: [{ ...contradiction, quote: undefined }] }), 'missing', 'contradictions.0.quote'],
    [verdict({ contradictions: [{ ...contradiction, why: 7 }] }), 'kind', 'contradictions.0.why'],
    [verdict({ contradictions: Array.from({ length: 51 }, () => contradiction) }), 'long', 'contradictions'],
    [verdict({ contradictions: [] }), 'unnamed', 'contradictions'],
  ])('%s', (answer, problem, field) => {
    expect(faultOf(answer)).toMatchObject({ problem, field })
  })

  it('is told to the model in words, with its place', () => {
    expect(faultOf(verdict({ contradictions: 'none' })).reason).toContain('contradictions: Invalid input')
  })
})
