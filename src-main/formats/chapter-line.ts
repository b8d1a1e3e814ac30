/** Characters of a line that can be the name of a chapter. */
const LONGEST = 100

const NUMBER = String.raw`\d{1,4}|[ivxlcdm]{1,8}`
const WORDS = [
  'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen',
  'twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[- ]\\p{L}{3,6}',
  'the first|the second|the third|the last|first|second|third|last',
].join('|')
const ORDINAL = String.raw`(?:(?:двадцать|тридцать|сорок|пятьдесят|шестьдесят|семьдесят|восемьдесят|девяносто) )?\p{L}{2,14}(?:ая|ья|ой|ый|ий)`
const KIND = 'chapter|part|book|act|глава|часть|книга|акт|том'
const ALONE =
  'prologue|epilogue|foreword|preface|introduction|afterword|interlude|пролог|эпилог|предисловие|введение|вступление|послесловие|интерлюдия|интермедия|от автора'

/** `Chapter 7`, `Глава седьмая. Туман`, `PART II: The Sea`, `Пролог`. */
const NUMBERED = new RegExp(`^(?:${KIND})\\s+(?:№\\s*)?(?:${NUMBER}|${WORDS}|${ORDINAL})(?=$|[\\s.:—–-])(.*)$`, 'iu')
const NAMED = new RegExp(`^(?:${ALONE})(?=$|[\\s.:—–-])(.*)$`, 'iu')

/** Whether a line by itself says that a chapter begins. */
export function isChapterLine(line: string): boolean {
  const words = line.replaceAll('*', '').trim()
  if (words.length > LONGEST) return false
  const rest = (NUMBERED.exec(words) ?? NAMED.exec(words))?.[1]
  if (rest === undefined) return false
  // What goes on as a sentence is one: “Part one of the plan failed.”
  return (
    /^\s*(?:$|[.:—–-])/.test(rest) ||
    (NUMBERED.test(words) && /^\s+[\p{Lu}\p{N}«“"]/u.test(rest) && !/[.,;!?…]$/.test(rest))
  )
}

/** The number that a line is: `3`, `IV.`; null for any other line. */
export function lineNumber(line: string): number | null {
  const words = line.replaceAll('*', '').trim().replace(/[.)]$/, '')
  if (/^\d{1,3}$/.test(words)) return Number(words)
  if (!/^[IVXL]{1,7}$/.test(words)) return null
  const values: Record<string, number> = { I: 1, V: 5, X: 10, L: 50 }
  const digits = words.split('').map((digit) => values[digit] ?? 0)
  return digits.reduce((sum, digit, place) => sum + (digit < (digits[place + 1] ?? 0) ? -digit : digit), 0)
}
