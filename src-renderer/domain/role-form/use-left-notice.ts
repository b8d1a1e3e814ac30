import { useTranslation } from 'react-i18next'
import { notifyUndo } from '@renderer/components/notify'
import { useLocal } from '@renderer/components/use-local'
import type { Chosen } from './model-settings'

/** Says what could not come along to another provider, and lets the writer take the change back. */
export function useLeftNotice(): (left: Chosen['left'], provider: string, undo: () => void) => void {
  const { t } = useTranslation('presets')
  const local = useLocal()
  return (left, provider, undo) => {
    const parts = [
      ...left.fields.map(({ label }) => local(label)),
      ...(left.keys > 0 ? [t('left.keys', { count: left.keys })] : []),
      ...(left.custom > 0 ? [t('left.custom', { count: left.custom })] : []),
    ]
    if (parts.length > 0) notifyUndo({ text: t('left.text', { what: parts.join(', '), provider }), undo })
  }
}
