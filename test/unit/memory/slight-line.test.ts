import { expect, it } from 'vitest'
import { isSlight } from '@main/memory/slight-line'

it.each([
  'Go on.',
  'I go on.',
  'And then?',
  'Tell me more about him.',
  'Continue, continue, continue!',
  'Продолжай.',
  'И что было дальше?',
  'Расскажи мне ещё о нём',
  'Дальше, дальше, дальше…',
  '…',
])('the line «%s» is not worth recalling', (line) => {
  expect(isSlight('writer', line)).toBe(true)
  // What the story tells is, however short.
  expect(isSlight('story', line)).toBe(false)
})

it.each([
  'I hide the letter under the floor.',
  'Where did Marta put the silver key?',
  'Я прячу письмо под половицу.',
  'Спрашиваю Марту, где серебряный ключ',
])('the line «%s» is', (line) => {
  expect(isSlight('writer', line)).toBe(false)
})
