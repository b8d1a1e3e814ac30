import { ActionIcon, Tooltip } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useEffect, useRef, type ReactNode } from 'react'
import classes from './SidePanel.module.css'

interface PanelProps {
  /** The id of its title. */
  labelledBy: string
  /** It lies over the page. */
  overlay: boolean
  /** It shows texts that are as wide as the page's. */
  wide?: boolean
  children: ReactNode
}

/** Beside the page: more about what the page shows. Takes the focus when it opens. */
export function SidePanel({ labelledBy, overlay, wide = false, children }: PanelProps) {
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    // A reader who opened it by a key goes on reading there.
    panel.current?.focus({ preventScroll: true })
  }, [])
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      className={classes.panel}
      data-overlay={overlay || undefined}
      data-wide={wide || undefined}
      aria-labelledby={labelledBy}
    >
      {children}
    </aside>
  )
}

interface HeadProps {
  /** Of the title, which names the panel. */
  id: string
  title: string
  /** What is shown, in figures. */
  facts: string
  closeLabel: string
  onClose: () => void
  /** What else can be done. */
  children?: ReactNode
}

/** The line at the top of a side panel, which stays there. */
export function SidePanelHead({ id, title, facts, closeLabel, onClose, children }: HeadProps) {
  return (
    <div className={classes.head}>
      <h2 id={id} className={classes.title}>
        {title}
      </h2>
      <span className={classes.facts}>{facts}</span>
      <div className={classes.actions}>
        {children}
        <Tooltip label={closeLabel}>
          <ActionIcon variant="subtle" color="gray" size={32} aria-label={closeLabel} onClick={onClose}>
            <IconX size={18} stroke={1.5} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
    </div>
  )
}
