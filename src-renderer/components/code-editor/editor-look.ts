import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

/** Only the colours of the theme: the same rules serve light and dark. */
const look = EditorView.theme({
  '&': {
    border: '1px solid var(--fab-line-strong)',
    borderRadius: '6px',
    backgroundColor: 'var(--fab-sheet)',
    color: 'var(--fab-ink)',
    fontSize: '13px',
  },
  '&.cm-focused': { outline: 'none', borderColor: 'var(--fab-rubric)', boxShadow: '0 0 0 1px var(--fab-rubric)' },
  '.cm-scroller': {
    maxHeight: '52vh',
    minHeight: '96px',
    overflow: 'auto',
    fontFamily: 'var(--fab-mono)',
    lineHeight: '20px',
  },
  '.cm-content': { padding: '8px 0', caretColor: 'var(--fab-ink)' },
  '.cm-line': { padding: '0 12px 0 6px' },
  '.cm-gutters': {
    border: '0',
    borderRadius: '6px 0 0 6px',
    backgroundColor: 'transparent',
    color: 'var(--fab-soft)',
    fontSize: '11.5px',
  },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '34px', padding: '0 6px 0 4px' },
  '.cm-cursor': { borderLeftColor: 'var(--fab-ink)' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '.cm-tooltip': {
    border: '1px solid var(--fab-line)',
    borderRadius: '6px',
    backgroundColor: 'var(--fab-sheet)',
    boxShadow: 'var(--fab-shadow)',
    color: 'var(--fab-ink)',
    fontFamily: 'var(--fab-interface)',
    fontSize: '13px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--fab-mono)', fontSize: '12.5px', maxHeight: '15em' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 10px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--fab-hover)',
    color: 'var(--fab-ink)',
  },
  '.cm-completionMatchedText': { color: 'var(--fab-rubric)', textDecoration: 'none' },
  '.cm-tooltip.cm-completionInfo': { maxWidth: '280px', padding: '6px 10px', lineHeight: '18px' },
  '.cm-tooltip-lint': { maxWidth: '340px' },
  '.cm-diagnostic': { padding: '5px 10px', borderLeft: '0', lineHeight: '18px' },
  '.cm-lintRange': { backgroundImage: 'none' },
  '.cm-lintRange-error': { textDecoration: 'underline wavy var(--fab-rubric)', textUnderlineOffset: '3px' },
  '.cm-lintRange-warning': { textDecoration: 'underline wavy var(--fab-warning)', textUnderlineOffset: '3px' },
  '.cm-lintPoint-error:after': { borderBottomColor: 'var(--fab-rubric)' },
  '.cm-lintPoint-warning:after': { borderBottomColor: 'var(--fab-warning)' },
})

/** What one of two texts has and the other has not: colour alone is not seen by all, so it is struck through or underlined too. */
export const diffLook = EditorView.theme({
  '&.cm-merge-a .cm-changedLine, &.cm-merge-b .cm-changedLine': { backgroundColor: 'var(--fab-hover)' },
  '&.cm-merge-a .cm-changedText': {
    background: 'var(--fab-rubric-tint)',
    textDecoration: 'line-through var(--fab-rubric)',
  },
  '&.cm-merge-b .cm-changedText': { background: 'none', borderBottom: '2px solid var(--fab-ok)' },
  '.cm-collapsedLines': { background: 'var(--fab-paper)', color: 'var(--fab-soft)', padding: '3px 12px' },
  // The sign that it has by itself is not in the font.
  '.cm-collapsedLines:before, .cm-collapsedLines:after': { content: '"···"' },
})

const colours = HighlightStyle.define([
  { tag: tags.brace, color: 'var(--fab-soft)' },
  { tag: tags.keyword, color: 'var(--fab-rubric)' },
  { tag: [tags.variableName, tags.atom, tags.number], color: 'var(--fab-ok)' },
  { tag: tags.propertyName, color: 'var(--fab-ink)' },
  { tag: [tags.bool, tags.null], color: 'var(--fab-ok)' },
  { tag: [tags.function(tags.variableName), tags.string], color: 'var(--fab-warning)' },
  { tag: [tags.comment, tags.operator], color: 'var(--fab-soft)' },
  { tag: tags.comment, fontStyle: 'italic' },
])

export const editorLook = [look, syntaxHighlighting(colours)]
