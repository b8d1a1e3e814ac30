import { useTranslation } from 'react-i18next'

const known = ['text', 'image', 'audio', 'tools', 'thinking', 'structured', 'embedding'] as const

/** What models can do or take, in words: `tools · thinking`. What has no words yet stays as the provider calls it. */
export function useAbilityNames(): (names: readonly string[]) => string {
  const { t } = useTranslation('providers')
  return (names) =>
    names
      .map((name) => {
        const ability = known.find((each) => each === name)
        return ability ? t(`abilities.${ability}`) : name
      })
      .join(' · ')
}
