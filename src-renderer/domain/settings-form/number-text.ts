import type { Language } from '@contract/values'

/**
 * Reads a number as people type it: `0.8`, `0,8`, `1,200` in English, `1 200` in Russian, `1e-3`. Null when it is none.
 */
export function parseNumber(text: string, language: Language): number | null {
  let plain = text
    .trim()
    .replaceAll(/[\s\u00a0\u202f_']/g, '')
    .replace('−', '-')
  if (plain === '') return null
  if (language === 'en' && /^[-+]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain)) plain = plain.replaceAll(',', '')
  plain = plain.replace(',', '.')
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain)) return null
  const number = Number(plain)
  return Number.isFinite(number) ? number : null
}

const formats = new Map<string, Intl.NumberFormat>()

/** A number as it is shown: at least `decimals` places, all that it has, thousands apart. */
export function showNumber(value: number, decimals: number, language: Language, grouped = true): string {
  const key = `${language}/${decimals}/${grouped}`
  let format = formats.get(key)
  if (!format) {
    format = new Intl.NumberFormat(language, {
      minimumFractionDigits: decimals,
      maximumFractionDigits: 12,
      useGrouping: grouped,
    })
    formats.set(key, format)
  }
  return format.format(value)
}

/** A number as it is edited: no groups, the language's decimal sign. */
export function editNumber(value: number, language: Language): string {
  const text = String(value)
  return language === 'ru' ? text.replace('.', ',') : text
}
