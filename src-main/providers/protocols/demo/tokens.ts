/**
 * What the Demo counts as a token: a word with the white space before it, or one punctuation mark. In prose that comes
 * to about four characters a token, as with real models. Joined again, the tokens are the text.
 */
const TOKEN = /\s*(?:[\p{L}\p{N}\p{M}_]+(?:[’'-][\p{L}\p{N}\p{M}_]+)*|[^\s\p{L}\p{N}\p{M}_])|\s+$/gu

export const tokensOf = (text: string): string[] => text.match(TOKEN) ?? []

export const countTokens = (text: string): number => tokensOf(text).length
