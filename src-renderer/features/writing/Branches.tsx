import { Button } from '@mantine/core'
import { IconGitBranch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { StoryId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { useFormat } from '@renderer/components/format'
import { useMessageCommands } from './use-message-commands'
import classes from './Branches.module.css'

/** Characters of a branch's beginning. */
const SHOWN = 60

/** The first words, up to a whole one. */
function beginningOf(excerpt: string): string {
  const text = excerpt.replaceAll('*', '').replace(/\s+/g, ' ').trim()
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN).replace(/\s+\S*$/, '')}…`
}

/** Behind the passage with which the story ends as it is shown: how it went on from there before. */
export function Branches({ storyId }: { storyId: StoryId }) {
  const { t } = useTranslation('writing')
  const format = useFormat()
  const { choose } = useMessageCommands()
  const { data } = useRoute('messages.branches', { storyId })
  if (!data || data.length === 0) return null
  return (
    <section className={classes.branches} aria-label={t('branch.label')}>
      <p className={classes.title}>{t('branch.label')}</p>
      <ul className={classes.list}>
        {data.map(({ id, excerpt, length }) => (
          <li key={id}>
            <Button
              variant="default"
              size="compact-md"
              leftSection={<IconGitBranch size={14} aria-hidden />}
              onClick={() => void choose(id)}
            >
              {beginningOf(excerpt)}
            </Button>
            <span className={classes.length}>
              {t('branch.length', { count: length, shown: format.number(length) })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
