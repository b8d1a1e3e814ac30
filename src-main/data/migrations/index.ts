import { sql as beginning } from './001-beginning'
import { sql as storyOverrides } from './002-story-overrides'
import { sql as servers } from './003-servers'
import { sql as catalogueAndLedger } from './004-catalogue-and-ledger'
import { sql as callPurposes } from './005-call-purposes'
import { sql as readingOrderAndUndo } from './006-reading-order-and-undo'
import { sql as modelLessons } from './007-model-lessons'
import { sql as jobs } from './008-jobs'
import { sql as passageSizes } from './009-passage-sizes'
import { sql as simulatedCalls } from './010-simulated-calls'
import { sql as turns } from './011-turns'
import { sql as ownProviders } from './012-own-providers'
import { sql as turnsByPassage } from './013-turns-by-passage'
import { sql as providerSecrets } from './014-provider-secrets'
import { sql as saidByServers } from './015-said-by-servers'
import { sql as worlds } from './016-worlds'
import { sql as memory } from './017-memory'
import { sql as stepResults } from './018-step-results'
import { sql as rolePrompts } from './019-role-prompts'
import { sql as textChanges } from './020-text-changes'
import { sql as keptFields } from './021-kept-fields'
import { sql as summaries } from './022-summaries'
import { sql as chapters } from './023-chapters'
import { sql as passageRevisions } from './024-passage-revisions'
import { sql as packedTurns } from './025-packed-turns'
import { sql as stepsAlone } from './026-steps-alone'
import { sql as templates } from './027-templates'
import { sql as generations } from './028-generations'
import { sql as gateway } from './029-gateway'
import { sql as managingKeys } from './030-managing-keys'
import { sql as programTemplates } from './031-program-templates'
import { sql as stages } from './032-stages'
import { sql as media } from './033-media'
import { sql as characterVoices } from './034-character-voices'
import { sql as estimatedCalls } from './035-estimated-calls'

export interface Migration {
  /** The `user_version` of a database that has it. */
  version: number
  sql: string
}

/** In order, without gaps. A migration that was published is never changed. */
export const migrations: readonly Migration[] = [
  { version: 1, sql: beginning },
  { version: 2, sql: storyOverrides },
  { version: 3, sql: servers },
  { version: 4, sql: catalogueAndLedger },
  { version: 5, sql: callPurposes },
  { version: 6, sql: readingOrderAndUndo },
  { version: 7, sql: modelLessons },
  { version: 8, sql: jobs },
  { version: 9, sql: passageSizes },
  { version: 10, sql: simulatedCalls },
  { version: 11, sql: turns },
  { version: 12, sql: ownProviders },
  { version: 13, sql: turnsByPassage },
  { version: 14, sql: providerSecrets },
  { version: 15, sql: saidByServers },
  { version: 16, sql: worlds },
  { version: 17, sql: memory },
  { version: 18, sql: stepResults },
  { version: 19, sql: rolePrompts },
  { version: 20, sql: textChanges },
  { version: 21, sql: keptFields },
  { version: 22, sql: summaries },
  { version: 23, sql: chapters },
  { version: 24, sql: passageRevisions },
  { version: 25, sql: packedTurns },
  { version: 26, sql: stepsAlone },
  { version: 27, sql: templates },
  { version: 28, sql: generations },
  { version: 29, sql: gateway },
  { version: 30, sql: managingKeys },
  { version: 31, sql: programTemplates },
  { version: 32, sql: stages },
  { version: 33, sql: media },
  { version: 34, sql: characterVoices },
  { version: 35, sql: estimatedCalls },
]
