import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { StageView } from '@contract/entities/stage'
import { request } from '@renderer/api/bridge'
import { notifyError } from '@renderer/components/notify'
import { useProviders } from '@renderer/domain/use-providers'
import classes from './MediaScreen.module.css'

/** Where nothing was chosen: all of it by the Demo, which needs no key, at one press. */
export function TryDemo({ stages }: { stages: readonly StageView[] }) {
  const { t } = useTranslation('media')
  const demo = useProviders().data?.find(({ slug }) => slug === 'demo')
  const setUp = useMutation({
    mutationFn: async (providerId: NonNullable<typeof demo>['id']) => {
      const able = stages.filter(({ providers }) => providers.some((one) => one.providerId === providerId))
      await Promise.all(
        able.map(({ id }) => request('stages.save', { id, providerId, key: null, model: null, settings: {} }))
      )
    },
    onError: notifyError,
  })
  if (!demo) return null
  return (
    <div className={classes.demo}>
      <p className={classes.demoText}>{t('demo.text')}</p>
      <Button loading={setUp.isPending} onClick={() => setUp.mutate(demo.id)}>
        {t('demo.action')}
      </Button>
    </div>
  )
}
