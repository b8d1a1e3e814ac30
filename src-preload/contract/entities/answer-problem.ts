/**
 * What is wrong with an answer that should be JSON: there is `none`; it is `broken`; a field is `missing`, or has a value
 * of another `kind`, or a `value` that it may not have; a list is too `long`; a contradiction is told of and left
 * `unnamed`; or the answer has another `form`.
 */
export const answerProblems = ['none', 'broken', 'missing', 'kind', 'value', 'long', 'unnamed', 'form'] as const
export type AnswerProblem = (typeof answerProblems)[number]
