/** The list with one item moved to another place; places beyond the ends count as the ends. */
export function moved<Item>(items: readonly Item[], from: number, to: number): Item[] {
  const item = items[from]
  if (item === undefined) return [...items]
  const place = Math.min(items.length - 1, Math.max(0, to))
  return items.toSpliced(from, 1).toSpliced(place, 0, item)
}
