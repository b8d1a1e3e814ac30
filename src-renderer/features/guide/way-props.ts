import type { ModelSettings } from '@contract/entities/model-config'
import type { Provider } from '@contract/entities/provider'

/** What every way to begin gets. */
export interface WayContentProps {
  providers: readonly Provider[]
  /** Makes the first preset with these settings for main, and the first story. */
  onBegin: (main: ModelSettings) => void
  beginning: boolean
}
