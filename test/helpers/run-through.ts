/** Does all the work of steps at once, without the rests that they offer. */
export function runThrough<Result>(work: Generator<unknown, Result, void>): Result {
  let step = work.next()
  while (!step.done) step = work.next()
  return step.value
}
