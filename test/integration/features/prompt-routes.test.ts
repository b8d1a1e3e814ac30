import { afterAll, beforeAll, expect, test } from 'vitest'
import { RoleId } from '@contract/ids'
import { startTestCore, type TestCore } from '@test/helpers/test-core'

const main = RoleId.parse('main')
const languages = ['en', 'ru'] as const

let app: TestCore
beforeAll(async () => {
  app = await startTestCore({ backgroundWork: false })
})
afterAll(() => app.close())

const check = (text: string, role = main) => app.ask('prompts.check', { role, text })

test('the roles that say so have a built-in prompt in each language, and nothing is wrong with it', async () => {
  const roles = await app.ask('roles.list', {})
  const prompted = roles.filter((role) => role.prompted).map(({ id }) => id)
  expect(prompted).toContain(main)
  for (const language of languages) {
    const builtIn = await Promise.all(roles.map(({ id: role }) => app.ask('prompts.builtIn', { role, language })))
    expect(roles.filter((_, index) => builtIn[index] !== null).map(({ id }) => id)).toEqual(prompted)
    const problems = await Promise.all(roles.map(({ id }, index) => check(builtIn[index]?.text ?? '', id)))
    expect(problems.filter((_, index) => builtIn[index] !== null).flat()).toEqual([])
  }
})

test('it comes with its digest and with all that a prompt can use', async () => {
  const [en, ru] = await Promise.all(languages.map((language) => app.ask('prompts.builtIn', { role: main, language })))
  expect(en?.digest).toMatch(/^[0-9a-f]{16}$/)
  expect(ru?.digest).not.toBe(en?.digest)
  expect(en?.variables.find(({ name }) => name === 'recent_text')).toEqual({
    name: 'recent_text',
    kind: 'messages',
    help: expect.objectContaining({ en: expect.stringContaining('passages') }),
  })
})

test('mistakes are found with their place', async () => {
  expect(await check('One.\n{{ recent_text }}{{ line }} {{ stroy }}')).toMatchObject([
    { kind: 'undefined', fatal: true, line: 2, column: 32, length: 5, name: 'stroy' },
  ])
  expect(await check('{{ recent_text }}\n{% if line %}')).toMatchObject([{ kind: 'syntax', line: 2 }])
  expect(await check('{{ recent_text|upper }}{{ line|bold }}')).toMatchObject([
    { kind: 'changed_section', name: 'recent_text' },
    { kind: 'changed_section', name: 'line' },
    { kind: 'unknown_filter', name: 'bold' },
  ])
})

test('what the role needs and the prompt leaves out is said, and is no hindrance', async () => {
  expect(await check('Write: {{ line }}')).toMatchObject([{ kind: 'not_mentioned', fatal: false, name: 'recent_text' }])
})

test('a role that there is none of is refused', async () => {
  expect(await app.refusal('prompts.builtIn', { role: 'nobody', language: 'en' })).toMatchObject({
    code: 'role_unknown',
  })
})
