import type { TextMessage } from '@main/providers/spec/chat'

/** What the Demo reads of a request. */
export interface DemoRequest {
  model: string
  messages: readonly TextMessage[]
}
