import { parentPort } from 'node:worker_threads'
import { AnswerForm } from '@contract/entities/template'
import { checkAnswer, readAnswer } from '@main/generation/read-answer'
import type { AnswerQuestion, AnswerToQuestion } from './answer-questions'

/** The last one: the answers of a batch all have one form, and its schema is taken in once. */
let known: { text: string; form: AnswerForm } | null = null

function formOf(text: string): AnswerForm {
  if (known?.text !== text) known = { text, form: AnswerForm.parse(JSON.parse(text)) }
  return known.form
}

function answer(question: AnswerQuestion): AnswerToQuestion {
  try {
    const form = formOf(question.form)
    return 'answer' in question
      ? { reading: readAnswer(form, question.answer) }
      : { problems: checkAnswer(form, question.value) }
  } catch (error) {
    return { fault: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

parentPort?.on('message', (question: AnswerQuestion) => parentPort?.postMessage(answer(question)))
