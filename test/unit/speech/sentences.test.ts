import { describe, expect, it } from 'vitest'
import { runThrough } from '@test/helpers/run-through'
import { cutToLength, sentencesOf } from '@main/speech/sentences'

const split = (text: string, language: 'en' | 'ru' = 'ru') =>
  runThrough(sentencesOf(text, language)).map(({ from, to }) => text.slice(from, to))

describe('sentences', () => {
  it.each([
    ['initials', 'Стихи написал А. С. Пушкин. Их помнят.', ['Стихи написал А. С. Пушкин.', 'Их помнят.']],
    [
      'words cut short',
      'Он жил на ул. Мира в г. Орле. Потом уехал.',
      ['Он жил на ул. Мира в г. Орле.', 'Потом уехал.'],
    ],
    ['an ellipsis in the middle', 'Он… ушёл. И всё.', ['Он… ушёл.', 'И всё.']],
    ['an ellipsis at the end', 'Он ушёл… Никто не ждал.', ['Он ушёл…', 'Никто не ждал.']],
    ['the author’s words', '— Стой! — крикнул он. — Куда ты?', ['— Стой! — крикнул он.', '— Куда ты?']],
    ['quotes', '«Стой!» — крикнул он. «Куда?»', ['«Стой!» — крикнул он.', '«Куда?»']],
    ['two marks', 'Что?! Не может быть!..', ['Что?!', 'Не может быть!..']],
    ['lines of a poem', 'Мой дядя\nсамых честных правил,\n\nКогда', ['Мой дядя', 'самых честных правил,', 'Когда']],
    ['what cannot be said', 'Он ушёл.\n\n***\n\nУтро.', ['Он ушёл.', 'Утро.']],
    ['numbers', 'Цена 3.50 рубля. Дорого.', ['Цена 3.50 рубля.', 'Дорого.']],
  ])('in Russian: %s', (_name, text, expected) => {
    expect(split(text)).toEqual(expected)
  })

  it.each([
    ['titles', 'Dr. Smith met Mrs. Hale. They left.', ['Dr. Smith met Mrs. Hale.', 'They left.']],
    ['said', '“Stop!” he cried. “Why?” he asked.', ['“Stop!” he cried.', '“Why?” he asked.']],
    [
      'an ellipsis',
      'He waited... and left. She stayed… Nobody came.',
      ['He waited... and left.', 'She stayed…', 'Nobody came.'],
    ],
    ['no', 'No. I will not.', ['No.', 'I will not.']],
  ])('in English: %s', (_name, text, expected) => {
    expect(split(text, 'en')).toEqual(expected)
  })

  it('are cut where they are longer than a model takes: at marks, at spaces, and never within a character', () => {
    const cut = (text: string, longest: number) =>
      [...cutToLength(text, { from: 0, to: text.length }, longest)].map(({ from, to }) => text.slice(from, to))
    expect(cut('Он шёл, не глядя по сторонам, и молчал', 32)).toEqual(['Он шёл, не глядя по сторонам,', 'и молчал'])
    expect(cut('одно два три четыре', 10)).toEqual(['одно два', 'три четыре'])
    expect(cut('а'.repeat(25), 10)).toEqual(['а'.repeat(10), 'а'.repeat(10), 'а'.repeat(5)])
    for (const part of cut('🌊'.repeat(9), 5)) expect(part).toMatch(/^(?:🌊)+$/u)
    expect(cut('🌊'.repeat(9), 5).join('')).toBe('🌊'.repeat(9))
  })

  it('lose no word of a long text', () => {
    const text = 'А. Б. сказал: «Да!» — и ушёл… Нет? — Нет.\n— Пора, — решил д-р. Он встал. '.repeat(300)
    expect(split(text).join('').replaceAll(/\s/gu, '')).toBe(text.replaceAll(/\s/gu, ''))
  })
})
