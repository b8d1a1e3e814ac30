import { cutText, isVisible, LONGEST_NAME, tidyName } from '@contract/names'

/** The first of some texts that can be a name here, made to fit; else the last one. */
export function shownName(texts: readonly string[], otherwise: string): string {
  for (const text of texts) {
    const name = cutText(tidyName(text.replaceAll(/\p{Cs}/gu, '\ufffd')), LONGEST_NAME).trim()
    if (name !== '' && isVisible(name)) return name
  }
  return otherwise
}
