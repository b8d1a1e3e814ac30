import { featuresOf } from './features'

const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193
const GOLDEN_RATIO = 0x9e3779b9

/** Places that a feature has. With one alone, two words that meet by chance would look like a word in common. */
const PLACES = 4
const SHARE = 1 / Math.sqrt(PLACES)

/** FNV-1a over the UTF-16 units of a text. */
function hashOf(text: string): number {
  let hash = FNV_OFFSET
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), FNV_PRIME)
  return hash
}

/** MurmurHash3's last mix, which spreads a number over all 32 bits. */
function mixed(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/**
 * A text as a vector of length 1, by signed feature hashing (Weinberger and others, "Feature hashing for large scale
 * multitask learning", 2009) with several places to a feature (Kane and Nelson, "Sparser Johnson–Lindenstrauss
 * transforms", 2014): each place has a sign by its hash, so that what falls on one place evens out on average. The same
 * text gives the same vector on every machine. A text without words gets the first axis.
 *
 * @param dimensions 1 and more; a power of two spreads best
 */
export function embedText(text: string, dimensions: number): number[] {
  const vector = Array.from({ length: dimensions }, () => 0)
  for (const [feature, weight] of featuresOf(text)) {
    const hash = hashOf(feature)
    for (let turn = 1; turn <= PLACES; turn += 1) {
      const bits = mixed(hash + Math.imul(turn, GOLDEN_RATIO))
      const place = (bits & 0x7fffffff) % dimensions
      vector[place] = (vector[place] ?? 0) + (bits >>> 31 === 1 ? SHARE : -SHARE) * weight
    }
  }
  const length = Math.hypot(...vector)
  return length === 0 ? vector.map((_, at) => (at === 0 ? 1 : 0)) : vector.map((value) => value / length)
}
