import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Model } from '@contract/entities/model'
import type { ServerId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { useFormat } from '@renderer/components/format'
import { LoadingRows } from '@renderer/components/LoadingRows'
import classes from './ModelDetailsDialog.module.css'
import { useAbilityNames } from '@renderer/domain/use-ability-names'

interface Props {
  model: Model
  serverId: ServerId
  opened: boolean
  onClose: () => void
}

/** All that the server tells of a model. */
export function ModelDetailsDialog({ model, serverId, opened, onClose }: Props) {
  const { t } = useTranslation(['servers', 'common'])
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="xl"
      title={model.name}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Details model={model} serverId={serverId} />
    </Modal>
  )
}

function Details({ model, serverId }: Pick<Props, 'model' | 'serverId'>) {
  const { t } = useTranslation('servers')
  const format = useFormat()
  const abilityNames = useAbilityNames()
  const details = useRoute('servers.modelDetails', { id: serverId, model: model.model })
  if (details.error) return <ErrorNotice error={details.error} onRetry={() => void details.refetch()} />
  if (!details.data) return <LoadingRows rows={6} height={20} />
  const { parameters, template, system, license, info } = details.data
  const facts: [name: string, value: string | null | undefined][] = [
    [t('details.family'), model.file?.family],
    [t('details.parameters'), model.file?.parameters],
    [t('details.quantization'), model.quantization],
    [t('details.size'), model.size === null ? null : format.bytes(model.size)],
    [t('details.context'), model.contextLength === null ? null : format.number(model.contextLength)],
    [t('details.vector'), model.file?.embeddingLength ? format.number(model.file.embeddingLength) : null],
    [t('details.abilities'), abilityNames(model.kind === 'embedding' ? ['embedding'] : model.capabilities).join(', ')],
    [t('details.digest'), model.file?.digest?.slice(0, 12)],
  ]
  const texts: [name: string, value: string | null][] = [
    [t('details.settings'), parameters],
    [t('details.system'), system],
    [t('details.template'), template],
    [t('details.info'), info.map(({ name, value }) => `${name}  ${value}`).join('\n')],
    [t('details.license'), license],
  ]
  return (
    <>
      <dl className={classes.facts}>
        {facts.map(([name, value]) =>
          value ? (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ) : null
        )}
      </dl>
      {texts.map(([name, value]) =>
        value ? (
          <details key={name} className={classes.fold}>
            <summary>{name}</summary>
            <pre className={classes.code}>{value}</pre>
          </details>
        ) : null
      )}
    </>
  )
}
