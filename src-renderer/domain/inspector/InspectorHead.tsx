import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { SidePanelHead } from '@renderer/components/SidePanel'
import { useInspector } from '@renderer/stores/ui-inspector'

/** The id of its title, which names the inspector. */
export const INSPECTOR_TITLE = 'inspector-heading'

export interface InspectorHeadProps {
  title: string
  facts: string
  children?: ReactNode
}

/** The line above: what is shown, in figures, and how to leave it. */
export function InspectorHead(props: InspectorHeadProps) {
  const { t } = useTranslation('inspector')
  const close = useInspector((state) => state.close)
  return <SidePanelHead id={INSPECTOR_TITLE} closeLabel={t('close')} onClose={close} {...props} />
}
