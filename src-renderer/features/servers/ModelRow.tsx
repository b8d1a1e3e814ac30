import { ActionIcon, Button } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Model } from '@contract/entities/model'
import type { ServerId } from '@contract/ids'
import { request } from '@renderer/api/bridge'
import { useFormat } from '@renderer/components/format'
import { useDelete } from '@renderer/components/use-delete'
import rows from '@renderer/components/Rows.module.css'
import { ModelDetailsDialog } from './ModelDetailsDialog'
import { useAbilityNames } from '@renderer/domain/use-ability-names'

interface Props {
  model: Model
  serverId: ServerId
  /** The server answers: it can be asked for details, and told to delete. */
  reachable: boolean
}

/** One model with what there is to know of it in a line. */
export function ModelRow({ model, serverId, reachable }: Props) {
  const { t } = useTranslation(['servers', 'common'])
  const format = useFormat()
  const abilities = useAbilityNames()(
    (model.kind === 'embedding' ? ['embedding'] : model.capabilities).filter(
      (one) => one !== 'text' && one !== 'structured'
    )
  )
  const [shown, setShown] = useState(false)
  const deletion = useDelete({
    title: t('models.deleteTitle', { name: model.name }),
    text: model.size === null ? t('models.deleteText') : t('models.deleteTextSize', { size: format.bytes(model.size) }),
    remove: () => request('servers.deleteModel', { id: serverId, model: model.model }),
    done: t('models.deleted', { name: model.name }),
  })
  const facts = [
    model.file?.parameters,
    model.quantization,
    model.size !== null && format.bytes(model.size),
    model.contextLength !== null && t('models.context', { tokens: format.tokens(model.contextLength) }),
    !model.local && t('models.remote'),
    ...abilities,
  ].filter(Boolean)
  return (
    <li className={rows.row}>
      <div className={rows.grow}>
        <div className={rows.name}>{model.name}</div>
        <div className={rows.soft}>{facts.join(' · ')}</div>
      </div>
      <Button
        variant="subtle"
        color="gray"
        size="xs"
        disabled={!reachable}
        aria-label={t('models.detailsOf', { name: model.name })}
        onClick={() => setShown(true)}
      >
        {t('models.details')}
      </Button>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={30}
        disabled={!reachable}
        loading={deletion.running}
        aria-label={t('models.deleteNamed', { name: model.name })}
        onClick={deletion.ask}
      >
        <IconTrash size={16} stroke={1.5} aria-hidden />
      </ActionIcon>
      <ModelDetailsDialog model={model} serverId={serverId} opened={shown} onClose={() => setShown(false)} />
      {deletion.dialog}
    </li>
  )
}
