import { Group, Input, NumberInput, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { OwnPrice, type Model, type ModelKind } from '@contract/entities/model'
import { useFormat } from '@renderer/components/format'

/** What stands in the two fields. */
export interface PriceDraft {
  input: string | number
  output: string | number
}

export const priceDraft = (price: Model['price']): PriceDraft => ({
  input: price?.input ?? '',
  output: price?.output ?? '',
})

/** The price that two fields say; null where they say none. A search model writes nothing. */
export function readPrice({ input, output }: PriceDraft, kind: ModelKind): OwnPrice | null | 'wrong' {
  const written = kind === 'embedding' ? (input === '' ? '' : 0) : output
  if (input === '' && written === '') return null
  return OwnPrice.safeParse({ input, output: written }).data ?? 'wrong'
}

export interface PriceFieldsProps {
  draft: PriceDraft
  kind: ModelKind
  wrong: boolean
  /** What to enter; else what there is to say of the price that stands there. */
  help?: string
  note?: ReactNode
  onChange: (draft: PriceDraft) => void
}

/** The price of a model, by hand: for what it reads and, where it writes, for that. */
export function PriceFields({ draft, kind, wrong, help, note, onChange }: PriceFieldsProps) {
  const { t } = useTranslation('providers')
  const format = useFormat()
  const field = (side: keyof PriceDraft) => (
    <NumberInput
      key={side}
      flex={1}
      aria-label={`${t('models.price')}: ${t(`models.priceOf.${side}`)}`}
      value={draft[side]}
      error={wrong}
      prefix="$"
      allowNegative={false}
      hideControls
      decimalSeparator={format.decimal}
      allowedDecimalSeparators={['.', ',']}
      rightSection={
        <Text span size="xs" c="dimmed">
          {t(`models.priceOf.${side}`)}
        </Text>
      }
      rightSectionWidth={72}
      rightSectionPointerEvents="none"
      onChange={(value) => onChange({ ...draft, [side]: value })}
    />
  )
  return (
    <Input.Wrapper
      label={t('models.price')}
      labelElement="div"
      inputWrapperOrder={help ? ['label', 'description', 'input', 'error'] : ['label', 'input', 'description', 'error']}
      description={help ?? note}
      error={wrong && t(kind === 'embedding' ? 'models.priceWrongOne' : 'models.priceWrong')}
    >
      <Group gap="xs" wrap="nowrap" align="flex-start">
        {field('input')}
        {kind === 'chat' && field('output')}
      </Group>
    </Input.Wrapper>
  )
}
