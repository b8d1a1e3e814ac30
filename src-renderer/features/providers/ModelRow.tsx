import { Menu, Switch, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconListDetails } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Model } from '@contract/entities/model'
import { request } from '@renderer/api/bridge'
import { useCommand, useRoute } from '@renderer/api/queries'
import { MoreMenu } from '@renderer/components/MoreMenu'
import { useFormat } from '@renderer/components/format'
import { modelFacts } from '@renderer/domain/model-picker/model-facts'
import { notifyError } from '@renderer/components/notify'
import { useDelete } from '@renderer/components/use-delete'
import { isDeletable } from './catalogue-search'
import { SimulationBadge } from './SimulationBadge'
import { useAbilityNames } from '@renderer/domain/use-ability-names'
import { useSimulation } from './use-simulation'
import classes from './ModelsSection.module.css'

export interface ModelRowProps {
  model: Model
  onOpen: () => void
  onSimulate: () => void
}

/** One model of the catalogue: its switch, what it is, and what can be done with it. */
export function ModelRow({ model, onOpen, onSimulate }: ModelRowProps) {
  const { t } = useTranslation('providers')
  const { t: tModels } = useTranslation('models')
  const format = useFormat()
  const abilities = useAbilityNames()
  const servers = useRoute('servers.list', {})
  const { simulation } = useSimulation({ kind: 'model', providerId: model.providerId, model: model.model })
  const update = useCommand('models.update', { onError: notifyError })
  // Shows at once, and goes back if it could not be saved.
  const enabled = update.isPending ? (update.variables.patch.enabled ?? model.enabled) : model.enabled
  const server = servers.data?.find(({ id }) => id === model.serverId)
  const marks = [
    !model.available && t('models.markUnlisted'),
    model.source === 'manual' && t('models.markManual'),
    model.edited.length > 0 && t('models.markEdited'),
  ].filter((mark) => mark !== false)
  return (
    <div className={classes.model} data-off={!enabled || undefined}>
      <Switch
        // Most are on: red is for what stands out.
        color="var(--fab-soft)"
        checked={enabled}
        aria-label={t('models.switch', { name: model.name })}
        onChange={(event) => update.mutate({ id: model.id, patch: { enabled: event.currentTarget.checked } })}
      />
      <div className={classes.what}>
        <div className={classes.names}>
          <UnstyledButton
            className={classes.name}
            aria-label={t('models.open', { name: model.name })}
            title={model.name}
            onClick={onOpen}
          >
            {model.name}
          </UnstyledButton>
          {marks.map((mark) => (
            <span key={mark} className={classes.mark} data-unlisted={!model.available || undefined}>
              {mark}
            </span>
          ))}
          {simulation && <SimulationBadge failure={simulation.failure} />}
        </div>
        <div className={classes.id}>
          {[server?.name, model.model !== model.name && model.model].filter(Boolean).join(' · ')}
        </div>
      </div>
      <div className={classes.facts}>
        <span>{modelFacts(model, format, tModels)}</span>
        <span className={classes.abilities}>
          {abilities(model.capabilities.filter((name) => name !== 'text')).join(' · ')}
        </span>
      </div>
      <ModelMenu model={model} onOpen={onOpen} onSimulate={onSimulate} />
    </div>
  )
}

function ModelMenu({ model, onOpen, onSimulate }: ModelRowProps) {
  const { t } = useTranslation(['providers', 'common'])
  const { simulation, end } = useSimulation({ kind: 'model', providerId: model.providerId, model: model.model })
  const deletion = useDelete({
    title: t('models.deleteTitle', { name: model.name }),
    text: t('models.deleteText'),
    remove: () => request('models.delete', { id: model.id }),
    done: t('models.deleted', { name: model.name }),
  })
  const icon = { size: 16, stroke: 1.5, 'aria-hidden': true }
  return (
    <MoreMenu label={t('models.more', { name: model.name })} {...(isDeletable(model) ? { deletion } : {})}>
      <Menu.Item leftSection={<IconListDetails {...icon} />} onClick={onOpen}>
        {t('models.details')}
      </Menu.Item>
      <Menu.Item leftSection={<IconAlertTriangle {...icon} />} onClick={simulation ? end : onSimulate}>
        {t(simulation ? 'simulate.end' : 'simulate.action')}
      </Menu.Item>
    </MoreMenu>
  )
}
