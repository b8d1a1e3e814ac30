import { useTranslation } from 'react-i18next'

const known = ['text', 'embedding', 'image', 'audio', 'tools', 'thinking', 'structured'] as const
type Known = (typeof known)[number]

/** What models can do, in words and in a settled order; what is not known is left as it is. */
export function useAbilityNames(): (abilities: readonly string[]) => string[] {
  const { t } = useTranslation('models')
  const isKnown = (ability: string): ability is Known => known.some((one) => one === ability)
  return (abilities) => [
    ...known.filter((ability) => abilities.includes(ability)).map((ability) => t(`ability.${ability}`)),
    ...abilities.filter((ability) => !isKnown(ability)),
  ]
}
