import { sentError } from '@test/helpers/sent-error'
import { describe, expect, test } from 'vitest'
import { answerProblems } from '@contract/entities/answer-problem'
import { InputProblem } from '@contract/entities/template'
import { errorCodes, FabulaError } from '@contract/errors'
import { errorDetails, errorText } from '@renderer/components/error-text'
import { templateMessage } from '@renderer/components/template-message'
import { createI18n } from '@renderer/i18n'

const english = createI18n('en')
const russian = createI18n('ru')

describe('errorText', () => {
  test('names what is known and reads well without it', () => {
    const known = sentError('token_duplicate', 'same', { details: { name: 'home' } })
    expect(errorText(known, english).what).toBe('This key is already there as “home”.')
    expect(errorText(sentError('token_duplicate', 'same'), english).what).toBe('This key is already there.')
    expect(errorText(known, russian).what).toBe('Этот ключ уже добавлен под названием «home».')
  })

  test('writes waits, lists and roles in the language of the app', () => {
    const limited = new FabulaError('provider_rate_limited', '429', {
      details: { provider: 'OpenRouter', seconds: 41 },
    })
    expect(errorText(limited, english).next).toContain('Try again in 41 sec')
    expect(errorText(limited, russian).next).toContain('Попробуйте ещё раз через 41 с')
    const used = sentError('preset_in_use', 'used', { details: { users: ['Gothic', 'Night'] } })
    expect(errorText(used, english).why).toBe('By Gothic and Night.')
    expect(errorText(used, russian).why).toBe('Где: Gothic и Night.')
    const role = new FabulaError('role_without_model', 'none', { details: { role: 'storyteller' } })
    expect(errorText(role, russian).what).toBe('У роли «Рассказчик» нет модели.')
  })

  test('says what is wrong with an answer in the language of the app', () => {
    const why = (details: Record<string, string>, i18n: typeof english) =>
      errorText(sentError('answer_unusable', 'x', { details }), i18n).why
    const details = { reason: 'contradictions.0.quote: Invalid input', problem: 'missing', field: 'quote' }
    expect(why(details, english)).toContain('JSON, but the answer has no “quote”.')
    expect(why(details, russian)).toContain('JSON, но в ответе нет поля «quote».')
    for (const problem of answerProblems) expect(why({ problem, field: 'x' }, russian)).not.toMatch(/[{}]|[a-z]{5}/)
    // Kept by an earlier version, or a later one.
    expect(why({ reason: 'x', problem: 'odd' }, russian)).toBe(why({}, russian))
  })

  test('says what is wrong with a value that a template is filled in with', () => {
    const why = (problem: string, i18n: typeof english, details = {}) =>
      errorText(sentError('input_invalid', 'x', { details: { name: 'Age', problem, limit: 3, ...details } }), i18n)
    expect(why('too_few', english)).toMatchObject({
      what: '“Age” cannot be used as it is.',
      why: 'There are too few items: at least 3 are needed.',
    })
    expect(why('too_few', russian, { line: 7 }).what).toBe('Значение «Age» в строке 7 не подходит.')
    for (const problem of InputProblem.shape.kind.options)
      expect([problem, why(problem, russian).why]).not.toEqual([problem, why('odd', russian).why])
  })

  test('leaves no placeholder and no gap, whichever details are there', () => {
    const facts = [
      'path',
      'message',
      'name',
      'names',
      'provider',
      'host',
      'providerMessage',
      'seconds',
      'model',
      'users',
    ]
    for (const i18n of [english, russian]) {
      for (const code of errorCodes) {
        for (const fact of [...facts, null]) {
          const details = fact === null ? {} : { [fact]: fact === 'users' ? ['A'] : fact === 'seconds' ? 5 : 'X' }
          const text = Object.values(errorText(new FabulaError(code, 'm', { details }), i18n))
          expect([code, fact, text.every((part) => part !== '' && !part.includes('{{'))]).toEqual([code, fact, true])
        }
      }
    }
  })

  test('shows a bug as one, with its message in the details', () => {
    const bug = new TypeError('x is not a function')
    expect(errorText(bug, english).what).toBe('Unexpected internal error.')
    expect(errorDetails(bug)).toContain('x is not a function')
  })
})

describe('what the engine of templates says', () => {
  test.each([
    [
      'syntax error: unexpected `}`, expected `)`',
      'here stands “}”, where “)” is expected.',
      'здесь стоит «}», а должно быть «)».',
    ],
    [
      'syntax error: unexpected identifier, expected end of variable block',
      'here stands a name, where “}}” is expected.',
      'здесь стоит имя, а должно быть «}}».',
    ],
    ['syntax error: unexpected end of block', 'something is missing before “%}”.', 'перед «%}» чего-то не хватает.'],
    ['syntax error: unexpected end of string', 'a text in quotes has no end.', 'текст в кавычках не закрыт.'],
    [
      'syntax error: unknown statement endfor',
      'there is no statement “endfor”, or it closes nothing here.',
      'команды «endfor» нет, или закрывать ей здесь нечего.',
    ],
    [
      'invalid operation: tried to use + operator on unsupported types number and string',
      '“+” cannot combine these two values.',
      'знак «+» к этим двум значениям не подходит.',
    ],
    ['unknown filter: filter uper is unknown', 'there is no filter “uper”.', 'фильтра «uper» нет.'],
    ['unknown function: now is unknown', 'there is no function “now”.', 'функции «now» нет.'],
    [
      'something {{new}}',
      'the template engine says: “something {{new}}”.',
      'шаблонизатор сообщает: «something {{new}}».',
    ],
  ])('is said in the language of the app: %s', (said, en, ru) => {
    expect([templateMessage(said, english), templateMessage(said, russian)]).toEqual([en, ru])
  })

  test('is a sentence of the error of a turn', () => {
    const error = sentError('template_faulty', 'x', { details: { line: 1, column: 2, reason: 'missing argument' } })
    expect(errorText(error, english).why).toBe('This takes more values than it gets.')
  })
})
