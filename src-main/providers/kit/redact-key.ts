const HIDDEN = '•••'

/** Takes a key out of texts, also where it stands escaped in JSON or in an address. Without a key, changes nothing. */
export function redactorFor(key: string | null): (text: string) => string {
  if (key === null || key === '') return (text) => text
  const forms = [key, JSON.stringify(key).slice(1, -1), encodeURIComponent(key)]
  return (text) => forms.reduce((clean, form) => clean.replaceAll(form, HIDDEN), text)
}
