import { Button } from '@mantine/core'
import { IconFileText } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Message } from '@contract/entities/story'
import { useCommand, useRoute } from '@renderer/api/queries'
import { notifyError } from '@renderer/components/notify'
import classes from './TurnEnd.module.css'

/** Where a passage broke off while another role wrote it from the Writer's draft: that draft, whole, in its place. */
export function DraftOffer({ passage }: { passage: Message }) {
  const { t } = useTranslation('writing')
  const { data: hasDraft } = useRoute('turns.hasDraft', { id: passage.id })
  const take = useCommand('turns.useDraft', { onError: notifyError })
  if (hasDraft !== true) return null
  return (
    <p className={classes.end}>
      {t('end.draft')}
      <Button
        variant="default"
        size="xs"
        leftSection={<IconFileText size={14} aria-hidden />}
        loading={take.isPending}
        onClick={() => take.mutate({ id: passage.id })}
      >
        {t('end.useDraft')}
      </Button>
    </p>
  )
}
