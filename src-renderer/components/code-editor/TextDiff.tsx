import { MergeView } from '@codemirror/merge'
import { EditorState } from '@codemirror/state'
import { EditorView, lineNumbers } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import { styleNonce } from '@renderer/components/style-nonce'
import { diffLook, editorLook } from './editor-look'
import { jinja } from './jinja-language'

interface Props {
  /** Names the two texts for screen readers: the older one at the left. */
  labels: readonly [before: string, after: string]
  before: string
  after: string
  /** Said of lines that both have and that are not shown; `$` is their number. */
  unchanged: string
}

/** Two texts side by side, with what differs marked inside of each line. It comes with all of its files: see `TextDiffs`. */
export default function TextDiff({ labels: [left, right], before, after, unchanged }: Props) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!place.current) return undefined
    const side = (doc: string, label: string) => ({
      doc,
      extensions: [
        EditorView.cspNonce.of(styleNonce()),
        EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
        EditorView.editable.of(false),
        EditorState.readOnly.of(true),
        EditorState.phrases.of({ '$ unchanged lines': unchanged }),
        EditorView.lineWrapping,
        lineNumbers(),
        jinja,
        editorLook,
        diffLook,
      ],
    })
    const view = new MergeView({
      a: side(before, left),
      b: side(after, right),
      parent: place.current,
      collapseUnchanged: { margin: 2, minSize: 6 },
      gutter: false,
    })
    return () => view.destroy()
  }, [left, right, before, after, unchanged])
  return <div ref={place} />
}
