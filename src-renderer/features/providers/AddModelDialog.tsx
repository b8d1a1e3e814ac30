import { Button, Group, Modal, NativeSelect, NumberInput, SegmentedControl, Stack, TextInput } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { ModelKind, NewModel } from '@contract/entities/model'
import type { Provider } from '@contract/entities/provider'
import { useCommand, useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { useFormat } from '@renderer/components/format'
import { notifyDone } from '@renderer/components/notify'
import { PriceFields, priceDraft, readPrice } from './PriceFields'
import { wrongFields } from './wrong-fields'

export interface AddModelDialogProps {
  provider: Provider
  opened: boolean
  onClose: () => void
}

/** Adds a model that the provider does not list, by the name that its API takes. */
export function AddModelDialog({ provider, opened, onClose }: AddModelDialogProps) {
  const { t } = useTranslation(['providers', 'common'])
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('models.addTitle')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <AddModelForm provider={provider} onClose={onClose} />
    </Modal>
  )
}

function AddModelForm({ provider, onClose }: Omit<AddModelDialogProps, 'opened'>) {
  const { t } = useTranslation(['providers', 'common'])
  const format = useFormat()
  const servers = useRoute('servers.list', {}).data
  const [serverId, setServerId] = useState<string | null>(null)
  const [model, setModel] = useState('')
  const [name, setName] = useState('')
  const [kind, setKind] = useState<ModelKind>('chat')
  const [context, setContext] = useState<string | number>('')
  const [price, setPrice] = useState(priceDraft(null))
  const [wrong, setWrong] = useState<readonly PropertyKey[]>([])
  const create = useCommand('models.create', {
    onSuccess: (created) => {
      notifyDone(t('models.added', { name: created.name }))
      onClose()
    },
  })
  const kinds = ModelKind.options.filter((each) => provider.kinds.includes(each))
  // Only the models of some providers stand on a server of one's own.
  const places = provider.servers ? (servers ?? []) : []
  const server = places.find(({ id }) => id === serverId) ?? places[0]

  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    const read = NewModel.safeParse({
      providerId: provider.id,
      ...(server ? { serverId: server.id } : {}),
      model,
      ...(name.trim() === '' ? {} : { name }),
      kind,
      contextLength: typeof context === 'number' ? context : null,
      price: readPrice(price, kind),
    })
    setWrong(wrongFields(read))
    if (read.success) create.mutate(read.data)
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label={t('models.id')}
          description={t('models.idHelp')}
          value={model}
          maxLength={300}
          spellCheck={false}
          onChange={(event) => setModel(event.currentTarget.value)}
          data-autofocus
        />
        <TextInput
          label={t('common:name')}
          description={t('models.nameHelp')}
          value={name}
          maxLength={120}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {places.length > 1 && (
          <NativeSelect
            label={t('models.server')}
            value={server?.id ?? ''}
            data={places.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(event) => setServerId(event.currentTarget.value)}
          />
        )}
        {kinds.length > 1 && (
          <SegmentedControl
            aria-label={t('models.kind')}
            value={kind}
            onChange={setKind}
            data={kinds.map((value) => ({ value, label: t(`models.${value}`) }))}
          />
        )}
        <NumberInput
          label={t('models.context')}
          description={t('models.contextHelp')}
          value={context}
          allowDecimal={false}
          allowNegative={false}
          thousandSeparator={format.thousands}
          hideControls
          error={wrong.includes('contextLength') && t('models.contextWrong')}
          onChange={(value) => {
            setContext(value)
            setWrong([])
          }}
        />
        <PriceFields
          draft={price}
          kind={kind}
          wrong={wrong.includes('price')}
          help={t('models.priceHelp')}
          onChange={(draft) => {
            setPrice(draft)
            setWrong([])
          }}
        />
        {create.error && <ErrorNotice error={create.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={create.isPending} disabled={model.trim() === ''}>
            {t('common:add')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
