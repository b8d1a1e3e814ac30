import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { SimulationTarget } from '@contract/entities/usage'
import { request } from '@renderer/api/bridge'
import { useRoute } from '@renderer/api/queries'
import { notifyError } from '@renderer/components/notify'
import { Banner } from './Banner'

/** Says which keys and models fail because the user wants them to, wherever the user is by then. */
export function SimulationBanner() {
  const { t } = useTranslation('providers')
  const simulations = useRoute('simulations.list', {})
  const running = simulations.data ?? []
  const tokens = useRoute('tokens.list', {}, { enabled: running.length > 0 })
  if (running.length === 0) return null

  const name = (target: SimulationTarget) => {
    if (target.kind === 'model') return target.model
    return t('simulate.key', { name: tokens.data?.find(({ id }) => id === target.tokenId)?.name ?? '' })
  }
  const what = running
    .map(({ target, failure }) => t('simulate.of', { target: name(target), failure: t(`simulate.as.${failure}`) }))
    .join('; ')
  const end = () =>
    Promise.all(running.map(({ target }) => request('simulations.set', { target, failure: null }))).catch(notifyError)
  return (
    <Banner urgent={false} icon={<IconAlertTriangle size={18} stroke={1.5} />} text={t('simulate.banner', { what })}>
      <Button variant="default" size="compact-sm" onClick={() => void end()}>
        {t('simulate.endAll')}
      </Button>
    </Banner>
  )
}
