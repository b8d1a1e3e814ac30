import { UnstyledButton } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StorySummaries, Summary } from '@contract/entities/summary'
import type { StoryId } from '@contract/ids'
import { useFormat } from '@renderer/components/format'
import { SummaryCard } from './SummaryCard'
import { outlineOf, type Outlined } from './summary-outline'
import classes from './SummariesPanel.module.css'

export interface SummaryListProps {
  storyId: StoryId
  data: StorySummaries
  /** The panel lies over the page. */
  overlay: boolean
}

/** The summaries in the order of the story, the coarsest outside, each with those that it was made of folded into it. */
export function SummaryList({ data: { summaries, chapters }, overlay }: SummaryListProps) {
  const { t } = useTranslation('writing')
  const chapterOf = ({ first, last }: Summary) =>
    chapters.filter((chapter) => chapter.last >= first && chapter.last <= last).map(({ name }) => name)
  if (summaries.length === 0) return null
  return (
    <ol className={classes.list} aria-label={t('summaries.list')}>
      {outlineOf(summaries).map((one) => (
        <Branch key={one.summary.id} one={one} chapterOf={chapterOf} overlay={overlay} />
      ))}
    </ol>
  )
}

interface BranchProps {
  one: Outlined
  chapterOf: (summary: Summary) => readonly string[]
  overlay: boolean
}

function Branch({ one: { summary, of }, chapterOf, overlay }: BranchProps) {
  const { t } = useTranslation('writing')
  const format = useFormat()
  const [open, setOpen] = useState(false)
  return (
    <li className={classes.item}>
      <SummaryCard summary={summary} chapters={chapterOf(summary)} overlay={overlay} />
      {of.length > 0 && (
        <UnstyledButton className={classes.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
          <IconChevronRight className={classes.chevron} size={14} aria-hidden />
          {t('summaries.madeOf', { count: of.length, shown: format.number(of.length) })}
        </UnstyledButton>
      )}
      {open && of.length > 0 && (
        <ol className={classes.inner}>
          {of.map((inner) => (
            <Branch key={inner.summary.id} one={inner} chapterOf={chapterOf} overlay={overlay} />
          ))}
        </ol>
      )}
    </li>
  )
}
