import { expect, it } from 'vitest'
import { readPoem } from '@main/features/media/read-poem'

it.each([
  ['as it was asked for', 'Маяк\n\nСвет.\nТьма.', { title: 'Маяк', words: 'Свет.\nТьма.' }],
  ['with marks', '## **«Маяк»**\n\n*Свет.*\nТьма.', { title: 'Маяк', words: 'Свет.\nТьма.' }],
  ['with a label', 'Title: “Salt”\r\n\r\nLight.\r\nDark.', { title: 'Salt', words: 'Light.\nDark.' }],
  ['in a block of code', '```\nSalt\n\nLight.\n```', { title: 'Salt', words: 'Light.' }],
  ['without a title', 'Свет.\nТьма.\n\nЕщё.', { title: null, words: 'Свет.\nТьма.\n\nЕщё.' }],
  ['of one line', 'Свет.', { title: null, words: 'Свет.' }],
  ['with empty lines', 'Соль\n\n\n\nСвет.\n\n\n\nТьма.', { title: 'Соль', words: 'Свет.\n\nТьма.' }],
  ['with snake_case and 2*3', 'Соль\n\nsnake_case', { title: 'Соль', words: 'snake_case' }],
])('a poem is read %s', (_name, answer, expected) => {
  expect(readPoem(answer)).toEqual(expected)
})
