/** Licences that let Fabula be given to anybody under any terms, as long as their texts come along. SPDX names. */
const PERMISSIVE = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  // Of fonts: they may be shipped with any program, and only not be sold alone.
  'OFL-1.1',
  'Unlicense',
  'Zlib',
])

/**
 * Whether a package of this licence may be shipped: one of those that it offers (`OR`) has parts (`AND`) that are all
 * permissive. What is not an SPDX expression is not.
 */
export function isPermissive(licence: string): boolean {
  const parts = licence.trim().replace(/^\((.*)\)$/, '$1')
  if (/[()]/.test(parts)) return false
  return parts.split(/ OR /).some((offer) => offer.split(/ AND /).every((part) => PERMISSIVE.has(part.trim())))
}
