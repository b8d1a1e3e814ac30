/**
 * Light stemming: only the endings that change with case, number, gender, person and tense go, so that forms of a word
 * meet, and different words seldom do. After the light stemmers of Dolamic and Savoy ("Indexing and searching strategies
 * for the Russian language", 2009) and the S stemmer of Harman ("How effective is suffixing?", 1991); the lists are our
 * own.
 */
const russianEndings = byLength(
  // Nouns
  'а я ы и у ю о е ой ей ою ею ом ем ам ям ами ями ах ях ов ев ия ии ию ие ием иям иями иях ий ь ьи ье ья ью ьями ' +
    // Adjectives and participles
    'ый ая яя ое ее ые ие ого его ому ему ым им ых их ую юю ыми ими ' +
    // Verbs
    'ть ти чь л ла ло ли ал ала ало али ил ила ило или ел ела ело ели ыл ыла яла ял яли ял ет ит ешь ишь ут ют ат ят ' +
    'ете ите ает яет еет ают яют еют ать ять ить еть уть ыть ывать ивать ывал ивал ывала ивала ывает ивает ывали ивали ' +
    'ул ула уло ули ует уют овал овала овали овать'
)

const russianReflexive = /(ся|сь)$/
const russianVowel = /[аеиоуыэюя]/
/** Letters that a stem keeps at least: shorter ones would bring strangers together. */
const RUSSIAN_STEM = 3

const englishEndings: readonly [ending: string, instead: string][] = [
  ['iness', 'y'],
  ['fulness', 'ful'],
  ['lessness', 'less'],
  ['ies', 'y'],
  ['ied', 'y'],
  ['ily', 'y'],
  ['ness', ''],
  ['ment', ''],
  ['sses', 'ss'],
  ['ches', 'ch'],
  ['shes', 'sh'],
  ['xes', 'x'],
  ['ing', ''],
  ['ed', ''],
  ['ly', ''],
  ['er', ''],
  ['es', 'e'],
  ['s', ''],
]
const ENGLISH_STEM = 3

function byLength(list: string): readonly string[] {
  return [...new Set(list.split(' '))].toSorted((one, other) => other.length - one.length)
}

/** The stem of a word in lower case, with `е` for `ё`. Words of other languages stay as they are. */
export function stemOf(word: string): string {
  if (/^[а-я]+$/.test(word)) return russianStem(word)
  if (/^[a-z]+$/.test(word)) return englishStem(word)
  return word
}

function russianStem(word: string): string {
  const plain = word.length > RUSSIAN_STEM + 3 ? word.replace(russianReflexive, '') : word
  const ending = russianEndings.find((one) => plain.endsWith(one) && stands(plain.slice(0, -one.length)))
  const stem = ending === undefined ? plain : plain.slice(0, -ending.length)
  // «длинный» and «длинен», «каменный» and «камень»: a doubled consonant at the end counts once.
  return stem.length > RUSSIAN_STEM ? stem.replace(/([бвгджзклмнпрстфхцчшщ])\1$/, '$1') : stem
}

const stands = (stem: string) => stem.length >= RUSSIAN_STEM && russianVowel.test(stem)

function englishStem(word: string): string {
  if (/((?<!ne)ss|us|is)$/.test(word)) return word
  const rule = englishEndings.find(
    ([ending]) => word.endsWith(ending) && hasSyllable(word.slice(0, word.length - ending.length))
  )
  if (!rule) return settled(word)
  const [ending, instead] = rule
  const stem = word.slice(0, word.length - ending.length) + instead
  return settled(stem)
}

const hasSyllable = (stem: string) => stem.length >= ENGLISH_STEM && /[aeiouy]/.test(stem)

/** "stopped" and "stop", "houses" and "house", "carry" and "carri(ed)" end alike. */
const settled = (stem: string): string =>
  stem.length > ENGLISH_STEM
    ? stem
        .replace(/e$/, '')
        .replace(/([bdfgmnprt])\1$/, '$1')
        .replace(/y$/, 'i')
    : stem
