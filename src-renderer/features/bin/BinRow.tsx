import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { BinItem } from '@contract/entities/bin'
import { useFormat } from '@renderer/components/format'
import classes from './BinScreen.module.css'

export interface BinRowProps {
  item: BinItem
  /** It is on its way back. */
  busy: boolean
  onRestore: () => void
  onDelete: () => void
}

/** One deleted thing: what it was, when it was deleted and how long it stays. */
export function BinRow({
  item: { kind, name, storyTitle, deletedAt, daysLeft },
  busy,
  onRestore,
  onDelete,
}: BinRowProps) {
  const { t } = useTranslation('bin')
  const format = useFormat()
  const short = name.length > 60 ? `${name.slice(0, 60)}…` : name
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <span className={classes.name} data-kind={kind}>
          {name}
        </span>
        <span className={classes.facts}>
          <span>{t(`kinds.${kind}`)}</span>
          {storyTitle !== null && <span>{t('from', { title: storyTitle })}</span>}
          <time dateTime={deletedAt} title={format.moment(deletedAt)}>
            {format.ago(deletedAt)}
          </time>
          <span>{daysLeft === 0 ? t('lastDay') : t('days', { count: daysLeft })}</span>
        </span>
      </div>
      <Button
        variant="default"
        size="xs"
        loading={busy}
        aria-label={t('restoreNamed', { name: short })}
        onClick={onRestore}
      >
        {t('restore')}
      </Button>
      <Tooltip label={t('delete')}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={32}
          aria-label={t('deleteNamed', { name: short })}
          onClick={onDelete}
        >
          <IconTrash size={18} stroke={1.5} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </li>
  )
}
