import { lazy, Suspense } from 'react'
import { LoadingRows } from '@renderer/components/LoadingRows'
import type { CodeEditorProps } from './CodeEditor'

const CodeEditor = lazy(() => import('./CodeEditor'))

/** An editor of a template. Its files are fetched when the first one is shown. */
export function TemplateEditor(props: CodeEditorProps) {
  return (
    <Suspense fallback={<LoadingRows rows={4} height={24} />}>
      <CodeEditor {...props} />
    </Suspense>
  )
}
