import { ActionIcon, Tooltip } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useInspector } from '@renderer/stores/ui-inspector'
import classes from './Inspector.module.css'

export interface InspectorHeadProps {
  title: string
  facts: string
  children?: ReactNode
}

/** The line above: what is shown, in figures, and how to leave it. */
export function InspectorHead({ title, facts, children }: InspectorHeadProps) {
  const { t } = useTranslation('inspector')
  const close = useInspector((state) => state.close)
  return (
    <div className={classes.head}>
      <h2 id="inspector-heading" className={classes.title}>
        {title}
      </h2>
      <span className={classes.facts}>{facts}</span>
      <div className={classes.headActions}>
        {children}
        <Tooltip label={t('close')}>
          <ActionIcon variant="subtle" color="gray" size={32} aria-label={t('close')} onClick={close}>
            <IconX size={18} stroke={1.5} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
    </div>
  )
}
