import { Button, Group, Modal, NumberInput, Stack, TextInput } from '@mantine/core'
import { useState, type ReactNode, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { ModelPatch, type Model } from '@contract/entities/model'
import { useCommand } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { useFormat } from '@renderer/components/format'
import { UnreadableNote } from '@renderer/components/UnreadableNote'
import { notifyDone } from '@renderer/components/notify'
import { ModelFactList } from './ModelFactList'
import { PriceFields, priceDraft, readPrice } from './PriceFields'
import { wrongFields } from './wrong-fields'

export interface ModelDialogProps {
  model: Model
  opened: boolean
  onClose: () => void
}

/** Everything about one model; its name, context and price can be changed, and given back to the provider. */
export function ModelDialog({ model, opened, onClose }: ModelDialogProps) {
  const { t } = useTranslation('common')
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={model.name}
      size="lg"
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack gap="lg">
        <UnreadableNote parts={model.unreadable} />
        {/* What was given back to the provider stands in the fields at once. */}
        <ModelForm
          key={JSON.stringify([model.name, model.contextLength, model.price])}
          model={model}
          onClose={onClose}
        />
        <ModelFactList model={model} />
      </Stack>
    </Modal>
  )
}

function ModelForm({ model, onClose }: Omit<ModelDialogProps, 'opened'>) {
  const { t } = useTranslation(['providers', 'common'])
  const format = useFormat()
  const [name, setName] = useState(model.name)
  const [context, setContext] = useState<string | number>(model.contextLength ?? '')
  const [price, setPrice] = useState(priceDraft(model.price))
  const [wrong, setWrong] = useState<readonly PropertyKey[]>([])
  const update = useCommand('models.update')
  const contextLength = typeof context === 'number' ? context : null
  const known = priceDraft(model.price)
  const isOtherPrice = price.input !== known.input || price.output !== known.output

  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    const patch = ModelPatch.safeParse({
      ...(name.trim() === model.name ? {} : { name: name.trim() === '' ? null : name.trim() }),
      ...(contextLength === model.contextLength ? {} : { contextLength }),
      ...(isOtherPrice ? { price: readPrice(price, model.kind) } : {}),
    })
    setWrong(wrongFields(patch))
    if (!patch.success) return
    update.mutate(
      { id: model.id, patch: patch.data },
      {
        onSuccess: (saved) => {
          notifyDone(t('models.saved', { name: saved.name }))
          onClose()
        },
      }
    )
  }
  const note = (field: Model['edited'][number]): ReactNode =>
    model.edited.includes(field) && (
      <Group gap={4} component="span">
        {t('models.yours')}
        <Button
          variant="transparent"
          size="compact-xs"
          px={2}
          onClick={() => update.mutate({ id: model.id, patch: { [field]: null } })}
        >
          {t(model.source === 'manual' ? 'models.resetManual' : 'models.reset')}
        </Button>
      </Group>
    )
  const changed = name.trim() !== model.name || contextLength !== model.contextLength || isOtherPrice
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          label={t('common:name')}
          value={name}
          maxLength={120}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          description={note('name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NumberInput
          label={t('models.context')}
          value={context}
          allowDecimal={false}
          allowNegative={false}
          thousandSeparator={format.thousands}
          hideControls
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          description={note('contextLength')}
          error={wrong.includes('contextLength') && t('models.contextWrong')}
          onChange={(value) => {
            setContext(value)
            setWrong([])
          }}
        />
        <PriceFields
          draft={price}
          kind={model.kind}
          wrong={wrong.includes('price')}
          note={note('price')}
          onChange={(draft) => {
            setPrice(draft)
            setWrong([])
          }}
        />
        {update.error && <ErrorNotice error={update.error} />}
        {changed && (
          <Group gap="xs">
            <Button type="submit" size="xs" loading={update.isPending}>
              {t('common:save')}
            </Button>
            <Button variant="default" size="xs" onClick={onClose}>
              {t('common:cancel')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  )
}
