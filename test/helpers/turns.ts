/** How often other work has its turn until something is over. */
export async function turnsUntil(work: Promise<unknown>): Promise<number> {
  let turns = 0
  let over = false
  const count = () => {
    if (over) return
    turns += 1
    setImmediate(count)
  }
  setImmediate(count)
  await work.finally(() => (over = true))
  return turns
}
