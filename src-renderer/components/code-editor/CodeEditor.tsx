import { autocompletion, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { setDiagnostics, type Diagnostic } from '@codemirror/lint'
import { json } from '@codemirror/lang-json'
import { Annotation, Compartment, EditorState, type Extension, type Text } from '@codemirror/state'
import { EditorView, keymap, lineNumbers } from '@codemirror/view'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { styleNonce } from '@renderer/components/style-nonce'
import { editorLook } from './editor-look'
import { jinjaCompletion, type OfferedName } from './jinja-completion'
import { jinja } from './jinja-language'

/** A place in the text that something is wrong with. */
export interface MarkedPlace {
  /** From 1; both in UTF-16 units of the line. */
  line: number
  column: number
  /** 0: the place itself. */
  length: number
  isWarning: boolean
  message: string
}

export interface CodeEditorProps {
  /** Names the editor for screen readers. */
  label: string
  value: string
  /** Absent: the text can be read and copied. */
  onChange?: ((value: string) => void) | undefined
  marks?: readonly MarkedPlace[] | undefined
  /** What is offered inside of `{{ }}` and `{% %}`. */
  names?: readonly OfferedName[] | undefined
  /** A template, unless said. */
  language?: 'jinja' | 'json'
}

/** The text may have changed since its mistakes were looked for. */
function diagnosticOf(doc: Text, { line, column, length, isWarning, message }: MarkedPlace): Diagnostic {
  const { from, to } = doc.line(Math.min(line, doc.lines))
  const start = Math.min(from + column - 1, to)
  return { from: start, to: Math.min(start + length, to), severity: isWarning ? 'warning' : 'error', message }
}

const fromOutside = Annotation.define<true>()

const NO_NAMES: readonly OfferedName[] = []

/** What is offered can change while the text is written, and neither the cursor nor what can be undone may be lost then. */
const offers = new Compartment()
const offering = (names: readonly OfferedName[]) => autocompletion({ override: [jinjaCompletion(names)], icons: false })

/** A template, or JSON, in an editor with numbered lines. `CodeEditor` comes with all of its files: see `TemplateEditor`. */
export default function CodeEditor({ label, value, onChange, marks, ...props }: CodeEditorProps) {
  const { t } = useTranslation('prompts')
  const place = useRef<HTMLDivElement>(null)
  const [view, setView] = useState<EditorView | null>(null)
  /** What the editor told and what has not come back as `value` yet: an older text must not undo what is typed now. */
  const told = useRef(new Set<string>())
  const readOnly = onChange === undefined
  const { names = NO_NAMES, language = 'jinja' } = props
  const tell = useEffectEvent((text: string) => {
    told.current.add(text)
    onChange?.(text)
  })
  const makeState = useEffectEvent((extensions: Extension) =>
    EditorState.create({ doc: value, extensions: [extensions, language === 'jinja' ? offers.of(offering(names)) : []] })
  )
  const completions = t('editor.completions')

  useEffect(() => {
    if (!place.current) return undefined
    const extensions: Extension = [
      EditorView.cspNonce.of(styleNonce()),
      EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', tabindex: '0' }),
      EditorState.phrases.of({ Completions: completions }),
      EditorState.readOnly.of(readOnly),
      EditorView.lineWrapping,
      lineNumbers(),
      history(),
      language === 'jinja' ? jinja : json(),
      editorLook,
      keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap]),
      EditorView.updateListener.of((update) => {
        // What came from outside is known there.
        if (update.docChanged && update.transactions.some((each) => each.annotation(fromOutside) === undefined))
          tell(update.state.doc.toString())
      }),
    ]
    const made = new EditorView({ state: makeState(extensions), parent: place.current })
    setView(made)
    return () => made.destroy()
  }, [label, readOnly, language, completions])

  useEffect(() => {
    if (!view) return
    const now = view.state.doc.toString()
    if (now === value) told.current.clear()
    else if (!told.current.has(value))
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: value },
        annotations: fromOutside.of(true),
      })
  }, [view, value])

  useEffect(() => {
    if (view && language === 'jinja') view.dispatch({ effects: offers.reconfigure(offering(names)) })
  }, [view, names, language])

  useEffect(() => {
    if (view && marks)
      view.dispatch(
        setDiagnostics(
          view.state,
          marks.map((mark) => diagnosticOf(view.state.doc, mark))
        )
      )
  }, [view, marks])

  return <div ref={place} />
}
