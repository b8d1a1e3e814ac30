/** Reads `\n`, `\t` and `\\` in what was typed into one line. */
export const readEscapes = (typed: string): string =>
  typed.replaceAll(/\\([nt\\])/g, (_all, sign: string) => (sign === 'n' ? '\n' : sign === 't' ? '\t' : '\\'))

/** Shows text on one line, so that reading it back gives the same text. */
export const showEscapes = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\t', '\\t')
