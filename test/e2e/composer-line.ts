import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import inspectorInEnglish from '@resources/locales/en/inspector.json'
import writingInEnglish from '@resources/locales/en/writing.json'
import inspectorInRussian from '@resources/locales/ru/inspector.json'
import writingInRussian from '@resources/locales/ru/writing.json'
import type { Language } from '@contract/values'

const words = {
  en: { writing: writingInEnglish, inspector: inspectorInEnglish },
  ru: { writing: writingInRussian, inspector: inspectorInRussian },
} as const

/** Windows from a wide one to 1024 × 768 at 150 %; the inspector leaves the page the least at 1081 pixels. */
const widths = [1280, 1180, 1081, 1024, 853, 683] as const

/**
 * On the page of a story that has a turn: the buttons under the writer's line stand beside one another, with the inspector
 * open and a role ticked for the next turn, and nothing of them is cut off.
 */
export async function expectButtonsInOneLine(page: Page, language: Language): Promise<void> {
  const { writing, inspector } = words[language]
  await page.getByRole('button', { name: writing.composer.roles, exact: true }).click()
  await page.getByRole('menuitemcheckbox', { name: writing.composer.ask.director }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: inspector.open, exact: true }).last().click()
  await page.getByRole('complementary', { name: inspector.turn, exact: true }).waitFor()
  const form = page.getByRole('form', { name: writing.composer.label, exact: true })
  for (const width of widths) {
    await page.setViewportSize({ width, height: 700 })
    const measured = await form.evaluate(async (composer) => {
      const measure = () => {
        const inside = composer.getBoundingClientRect()
        const boxes = [...composer.querySelectorAll('button')].map((button) => button.getBoundingClientRect())
        return {
          lines: new Set(boxes.map(({ top, height }) => Math.round(top + height / 2))).size,
          cut: boxes.filter(({ left, right }) => left < inside.left || right > inside.right).length,
          squeezed: boxes.filter((box) => box.width < 30).length,
        }
      }
      // The page follows the window a moment later, and on a busy computer much later.
      const until = performance.now() + 60_000
      for (;;) {
        const now = measure()
        if ((now.lines === 1 && now.cut + now.squeezed === 0) || performance.now() > until) return now
        await new Promise((resolve) => requestAnimationFrame(resolve))
      }
    })
    expect({ width, ...measured }).toEqual({ width, lines: 1, cut: 0, squeezed: 0 })
  }
}
