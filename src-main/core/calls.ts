import { createFetchWithin } from '@main/platform/http-fetch'
import { pause } from '@main/platform/pause'
import { createProxyFor, type ProxyFor } from '@main/platform/proxies'
import { createAdmission } from '@main/routing/admission'
import { createCallBook } from '@main/routing/call-book'
import { createCallPlanner, type CallPlanner } from '@main/routing/call-plan'
import { createChatCaller } from '@main/routing/chat-call'
import { createCompleteCaller } from '@main/routing/complete-call'
import { createConnections, type Connections } from '@main/routing/connections'
import { createEmbedCaller, type EmbedCaller } from '@main/routing/embed-call'
import { createFailover, type Failover } from '@main/routing/failover'
import { createLedger, type OnCall } from '@main/routing/ledger'
import { createMediaCaller, type MediaCaller } from '@main/routing/media-call'
import { createModelLessons } from '@main/routing/model-lessons'
import type { OnServerLost } from '@main/routing/server-lost'
import { createSimulations, type Simulations } from '@main/routing/simulations'
import { createSlots, type Slots } from '@main/routing/slots'
import { createTokenRecords } from '@main/routing/token-records'
import { createWithTokens } from '@main/routing/with-tokens'
import type { Shared } from './shared'

/** Everything that asks models. */
export interface Calls {
  connections: Connections
  slots: Slots
  planner: CallPlanner
  simulations: Simulations
  failover: Failover
  embed: EmbedCaller
  media: MediaCaller
  /** Enters the calls in the ledger that still wait for it. */
  enterCalls(): void
  /** No longer looks after calls that wait, and lets none that ended wait for the ledger. */
  close(): void
}

/** Puts together what a request to a model passes: its plan, the queue for a place, keys, and the chain of backup models. */
export function createCalls(
  ports: Omit<Shared, 'roles'>,
  { systemProxy, onServerLost, onCall }: { systemProxy: ProxyFor | null; onServerLost: OnServerLost; onCall: OnCall }
): Calls {
  const { stores, directory, vault, redactor, events, logger } = ports
  const connections = createConnections({
    vault,
    redactor,
    fetchWithin: createFetchWithin(createProxyFor(systemProxy)),
  })
  const slots = createSlots()
  const planner = createCallPlanner({ ...ports, slots })
  const simulations = createSimulations()
  const book = createCallBook(ports)
  const withTokens = createWithTokens({
    tokens: createTokenRecords(ports),
    admission: createAdmission({ stores, slots }),
    onServerLost,
    ledger: createLedger({ ...ports, book, onCall }),
    simulations,
    lessons: createModelLessons(ports),
    logger,
    random: Math.random,
    pause,
  })
  const chat = createChatCaller({ connections, withTokens })
  const complete = createCompleteCaller({ connections, withTokens })
  // A server that came or went, and anything that got more room, may be what a waiting call waits for.
  const stopFollowing = events.subscribe(({ name, payload }) => {
    if (name !== 'data.changed') return
    if (payload.topics.includes('servers') || payload.topics.includes('providers')) slots.recheckQueue()
  })
  return {
    connections,
    slots,
    planner,
    simulations,
    failover: createFailover({ stores, directory, planner, chat, complete }),
    embed: createEmbedCaller({ connections, withTokens }),
    media: createMediaCaller({ connections, withTokens }),
    enterCalls: book.enterWaiting,
    close: () => {
      stopFollowing()
      book.close()
    },
  }
}
