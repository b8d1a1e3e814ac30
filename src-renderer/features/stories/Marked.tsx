import { Fragment } from 'react'

/** A snippet of a search: what stands between U+2068 and U+2069 is marked. */
export function Marked({ text }: { text: string }) {
  return text.split(/\u2068([^\u2069]*)\u2069/).map((piece, index) => {
    const key = `${index} ${piece}`
    return index % 2 === 1 ? <mark key={key}>{piece}</mark> : <Fragment key={key}>{piece}</Fragment>
  })
}
