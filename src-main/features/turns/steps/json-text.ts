/**
 * The JSON of an answer, also where a model puts words or a fence around it. Throws where there is none.
 */
export function jsonIn(answer: string): unknown {
  const from = answer.indexOf('{')
  const to = answer.lastIndexOf('}')
  if (from < 0 || to < from) throw new SyntaxError('There is no JSON object in the answer')
  return JSON.parse(answer.slice(from, to + 1))
}
