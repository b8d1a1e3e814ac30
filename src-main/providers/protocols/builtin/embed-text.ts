import { featuresOf } from './features'

const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193

/** FNV-1a over the UTF-16 units of a text, with MurmurHash3's last mix, which spreads it over all 32 bits. */
function hashOf(text: string): number {
  let hash = FNV_OFFSET
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), FNV_PRIME)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/**
 * A text as a vector of length 1, by signed feature hashing (Weinberger and others, "Feature hashing for large scale
 * multitask learning", 2009): each feature has a place and a sign by its hash, so that what falls on one place evens out
 * on average. The same text gives the same vector on every machine. A text without words gets the first axis.
 *
 * @param dimensions 1 and more; a power of two spreads best
 */
export function embedText(text: string, dimensions: number): number[] {
  const vector = Array.from({ length: dimensions }, () => 0)
  for (const [feature, weight] of featuresOf(text)) {
    const hash = hashOf(feature)
    const place = (hash & 0x7fffffff) % dimensions
    vector[place] = (vector[place] ?? 0) + (hash >>> 31 === 1 ? weight : -weight)
  }
  const length = Math.hypot(...vector)
  return length === 0 ? vector.map((_, at) => (at === 0 ? 1 : 0)) : vector.map((value) => value / length)
}
