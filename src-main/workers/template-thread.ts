import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { parentPort } from 'node:worker_threads'
import { Environment, initSync } from 'minijinja-js/dist/web/minijinja_js.js'
import type { TemplateAnswer, TemplateQuestion } from './template-worker'
import { withLargestMemory } from './wasm-memory'

/** Instructions of one template: far more than any prompt needs, and over in a fraction of a second. */
const FUEL = 500_000
/** Of the engine, in 64 KiB: 64 MiB. A text that doubles itself asks for gigabytes within a few instructions. */
const MEMORY_PAGES = 1024
/** Characters of a result: more than any model reads. */
const LONGEST_RESULT = 4_000_000

const wasm = createRequire(import.meta.url).resolve('minijinja-js/dist/web/minijinja_js_bg.wasm')
initSync({ module: withLargestMemory(readFileSync(wasm), MEMORY_PAGES) })

/** One for each template: nothing of one reaches another. No loader is set, so there are no files. */
function environment(lenient: boolean): Environment {
  const one = new Environment()
  one.undefinedBehavior = lenient ? 'chainable' : 'strict'
  one.fuel = FUEL
  // Errors say the place in the line only in this mode; what they show of the variables goes nowhere.
  one.debug = true
  one.enablePyCompat()
  one.keepTrailingNewline = true
  // Shows the engine's own state.
  one.removeGlobal('debug')
  return one
}

function answer({ source, variables, lenient }: TemplateQuestion): TemplateAnswer {
  const one = environment(lenient)
  try {
    one.addTemplate(NAME, source)
    const text = variables === null ? '' : one.renderTemplate(NAME, variables)
    one.free()
    return text.length > LONGEST_RESULT ? { fault: 'too_large' } : { text }
  } catch (error) {
    const { name, message } = error instanceof Error ? error : { name: '', message: String(error) }
    // No memory or no stack is left: the engine is in no state to go on.
    if (name === 'RuntimeError') return { fault: 'too_large' }
    if (name === 'RangeError') return { fault: 'too_deep' }
    one.free()
    return { message }
  }
}

const NAME = '<template>'

parentPort?.on('message', (question: TemplateQuestion) => {
  // The time of a template is counted from here: not while the thread starts.
  parentPort?.postMessage('begun')
  parentPort?.postMessage(answer(question))
})
