import type { TFunction } from 'i18next'
import type { Language } from '@contract/values'
import type { Problem } from './check-value'
import { showNumber } from './number-text'

/** Why a value was not kept, in the user's words. */
export function problemText(problem: Problem, language: Language, t: TFunction<'presets'>): string {
  switch (problem.key) {
    case 'between':
      return t('form.problem.between', {
        from: showNumber(problem.from, 0, language),
        to: showNumber(problem.to, 0, language),
      })
    case 'min':
    case 'max':
    case 'above':
    case 'below':
    case 'step':
      return t(`form.problem.${problem.key}`, { limit: showNumber(problem.limit, 0, language) })
    case 'tooLong':
    case 'tooShort':
    case 'tooMany':
    case 'tooFew':
      return t(`form.problem.${problem.key}`, { count: problem.count })
    default:
      return t(`form.problem.${problem.key}`)
  }
}
