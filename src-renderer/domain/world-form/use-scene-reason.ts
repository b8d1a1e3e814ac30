import { useTranslation } from 'react-i18next'
import type { SceneReason } from '@contract/entities/story-world'

/** Why someone or something is in the scene, in words. `one`: there is one text only, and no passages. */
export function useSceneReason(): (reason: SceneReason, one?: boolean) => string {
  const { t } = useTranslation('worlds')
  return (reason, one = false) => {
    switch (reason.type) {
      case 'named':
        if (one) return t('reason.namedHere', { quote: reason.quote })
        return reason.passagesAfter === 0
          ? t('reason.namedLast', { quote: reason.quote })
          : t('reason.named', { quote: reason.quote, count: reason.passagesAfter })
      case 'lore':
        return t('reason.lore', { by: reason.by, key: reason.key })
      case 'sticky':
        return t('reason.sticky', { count: reason.left })
      case 'pinned':
      case 'chosen':
      case 'constant':
        return t(`reason.${reason.type}`)
    }
  }
}
