import { ActionIcon, Button } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Model } from '@contract/entities/model'
import type { ServerId } from '@contract/ids'
import { useCommand } from '@renderer/api/queries'
import { useFormat } from '@renderer/components/format'
import { notifyDone, notifyError } from '@renderer/components/notify'
import { useConfirm } from '@renderer/components/use-confirm'
import { ModelDetailsDialog } from './ModelDetailsDialog'
import classes from './ServersScreen.module.css'
import { useAbilityNames } from './use-ability-names'

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
  const { confirm, dialog } = useConfirm()
  const remove = useCommand('servers.deleteModel', {
    onSuccess: () => notifyDone(t('models.deleted', { name: model.name })),
    onError: notifyError,
  })
  const askDelete = async () => {
    const sure = await confirm({
      title: t('models.deleteTitle', { name: model.name }),
      text:
        model.size === null ? t('models.deleteText') : t('models.deleteTextSize', { size: format.bytes(model.size) }),
      action: t('common:delete'),
    })
    if (sure) remove.mutate({ id: serverId, model: model.model })
  }
  const facts = [
    model.file?.parameters,
    model.quantization,
    model.size !== null && format.bytes(model.size),
    model.contextLength !== null && t('models.context', { tokens: format.tokens(model.contextLength) }),
    !model.local && t('models.remote'),
    ...abilities,
  ].filter(Boolean)
  return (
    <li className={classes.row}>
      <div className={classes.grow}>
        <div className={classes.name}>{model.name}</div>
        <div className={classes.soft}>{facts.join(' · ')}</div>
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
        loading={remove.isPending}
        aria-label={t('models.deleteNamed', { name: model.name })}
        onClick={() => void askDelete()}
      >
        <IconTrash size={16} stroke={1.5} aria-hidden />
      </ActionIcon>
      <ModelDetailsDialog model={model} serverId={serverId} opened={shown} onClose={() => setShown(false)} />
      {dialog}
    </li>
  )
}
