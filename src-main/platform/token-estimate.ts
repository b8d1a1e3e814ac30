/**
 * UTF-16 units to a token, taken low so that an estimate errs on the side of fitting: Latin text of current tokenizers
 * runs at about 4, Cyrillic at about 2.5; a Chinese, Japanese or Korean character is about one token, an emoji two.
 */
const UNITS_PER_TOKEN = { latin: 3.5, dense: 1, other: 2.2 }

/** About how many tokens a text is, never too few for prose. */
export function estimateTokens(text: string): number {
  let latin = 0
  let dense = 0
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    if (unit < 0x250) latin += 1
    // From the East Asian blocks to the halves of what lies beyond 16 bits, and the forms at the end.
    else if ((unit >= 0x2e80 && unit <= 0xdfff) || unit >= 0xf900) dense += 1
  }
  const other = text.length - latin - dense
  return Math.ceil(latin / UNITS_PER_TOKEN.latin + dense / UNITS_PER_TOKEN.dense + other / UNITS_PER_TOKEN.other)
}

/** Tokens that a chat template adds to each message, about. */
export const TOKENS_PER_MESSAGE = 6
