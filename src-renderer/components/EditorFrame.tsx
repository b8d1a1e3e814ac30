import type { ReactNode } from 'react'
import classes from './EditorFrame.module.css'

interface Props {
  /** Names the whole for screen readers. */
  label: string
  title: ReactNode
  /** At the right of the title. */
  actions?: ReactNode
  /** Under the title, across the whole: why nothing can be saved. */
  notice?: ReactNode
  /** A list beside the form; above it where there is no room. */
  side?: ReactNode
  /** The form, in a measure that the eye can follow. */
  children: ReactNode
  /** What is shown has columns of its own, and takes the whole width. */
  wide?: boolean
  /** What is shown, by a name: another one begins at its top. */
  part?: string
  /** Always in sight under the form. */
  foot?: ReactNode
}

/** The page of one thing that is edited: its title over a list of its parts and the form of one of them. */
export function EditorFrame({ label, title, actions, notice, side, children, foot, wide, part }: Props) {
  return (
    <article className={classes.editor} aria-label={label}>
      <header className={classes.head}>
        <div className={classes.title}>{title}</div>
        <div className={classes.actions}>{actions}</div>
      </header>
      {notice && <div className={classes.notice}>{notice}</div>}
      <div className={classes.body}>
        <div className={classes.columns} data-sided={side ? true : undefined}>
          {side && <div className={classes.side}>{side}</div>}
          <div className={classes.page}>
            <div key={part} className={classes.scroller} data-page-scroll>
              <div className={classes.measure} data-wide={wide || undefined}>
                {children}
              </div>
            </div>
            {foot && (
              <div className={classes.foot}>
                <div className={classes.measure} data-wide={wide || undefined}>
                  {foot}
                </div>
              </div>
            )}
          </div>
        </div>
      </div>
    </article>
  )
}
