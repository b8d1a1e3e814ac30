import { Anchor, Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { StageView } from '@contract/entities/stage'
import { useCommand } from '@renderer/api/queries'
import { useErrorText } from '@renderer/components/error-text'
import { notifyError } from '@renderer/components/notify'
import { useLocal } from '@renderer/components/use-local'
import { useStageSentence } from '@renderer/domain/media/use-stage-sentence'
import { useProviders } from '@renderer/domain/use-providers'
import classes from './Make.module.css'

/** Who will make it, with what is wrong with that; where nobody was chosen, how that is done. */
export function StageNote({ stage, onLeave }: { stage: StageView; onLeave: () => void }) {
  const { t } = useTranslation('media')
  const local = useLocal()
  const sentence = useStageSentence()
  const errorText = useErrorText()
  const demo = useProviders().data?.find(({ slug }) => slug === 'demo')?.id
  const save = useCommand('stages.save', { onError: notifyError })
  const toMedia = (
    <Anchor component={Link} href="/media" size="sm" underline="always" onClick={onLeave}>
      {t(stage.choice ? 'make.change' : 'make.setUp')}
    </Anchor>
  )
  if (stage.choice)
    return (
      <div className={classes.by}>
        <span>
          {sentence(stage)} {toMedia}
        </span>
        {stage.status === 'invalid' && stage.problem && (
          <p className={classes.trouble}>{errorText(stage.problem).what}</p>
        )}
      </div>
    )
  const canDemo = demo !== undefined && stage.providers.some(({ providerId }) => providerId === demo)
  return (
    <div className={classes.unset} role="status">
      <span>{t('make.unset', { name: local(stage.name) })}</span>
      {toMedia}
      {canDemo && (
        <Button
          variant="default"
          size="compact-sm"
          loading={save.isPending}
          onClick={() => save.mutate({ id: stage.id, providerId: demo, key: null, model: null, settings: {} })}
        >
          {t('demo.action')}
        </Button>
      )}
    </div>
  )
}
