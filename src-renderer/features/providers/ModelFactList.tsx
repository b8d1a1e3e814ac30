import { useTranslation } from 'react-i18next'
import type { Model } from '@contract/entities/model'
import { useFormat } from '@renderer/components/format'
import { useAbilityNames } from '@renderer/domain/use-ability-names'
import classes from './ModelFactList.module.css'

/** What the provider tells of a model. What it does not tell is left out, but for what a writer would look for. */
export function ModelFactList({ model }: { model: Model }) {
  const { t } = useTranslation('providers')
  const format = useFormat()
  const abilities = useAbilityNames()
  const { price, maxOutput, capabilities, modalities, reasoning, size, quantization } = model
  const tokens = (count: number) => t('models.tokens', { shown: format.number(count) })
  const thinking = reasoning && [
    reasoning.mandatory && t('models.mandatory'),
    reasoning.efforts && t('models.efforts', { list: reasoning.efforts.join(', ') }),
  ]
  const facts: [name: string, value: string | null][] = [
    [t('models.id'), model.model],
    [t('models.kind'), t(`models.${model.kind}`)],
    [
      t('models.price'),
      price === null
        ? t('models.unknown')
        : t('models.priceParts', { input: format.cost(price.input), output: format.cost(price.output) }),
    ],
    [t('models.maxOutput'), maxOutput === null ? null : tokens(maxOutput)],
    [t('models.abilities'), abilities(capabilities).join(' · ') || null],
    [
      t('models.takes'),
      modalities
        ? [modalities.input, modalities.output].map((names) => abilities(names).join(' · ')).join(' → ')
        : null,
    ],
    [t('models.reasoning'), thinking?.filter(Boolean).join('; ') || null],
    [
      t('models.size'),
      size === null ? null : [format.bytes(size), quantization].filter((part) => part !== null).join(' · '),
    ],
    [t('models.firstSeen'), format.moment(model.firstSeen)],
    [t('models.lastSeen'), format.moment(model.lastSeen)],
  ]
  return (
    <dl className={classes.facts}>
      {facts.map(
        ([name, value]) =>
          value !== null && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          )
      )}
    </dl>
  )
}
