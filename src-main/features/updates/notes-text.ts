/** Characters of release notes that are shown. */
const LONGEST = 10_000

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' }

/** The notes of a release as plain text. GitHub gives them as HTML, which is nothing to be shown as it comes. */
export function notesText(notes: string): string {
  const plain = /<\/?(p|ul|ol|li|h\d|br|div)\b/i.test(notes)
    ? notes
        .replace(/<li\b[^>]*>\s*/gi, '\n- ')
        .replace(/<\/(p|h\d|ul|ol|div)>|<br\s*\/?>/gi, '\n')
        .replace(/<[^>]*>/g, '')
        .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (whole, name: string) => ENTITIES[name] ?? whole)
    : notes
  return plain
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .slice(0, LONGEST)
}
