import type { Authorship, MessageState } from '@contract/entities/story'
import { MessageId } from '@contract/ids'
import type { MessageRow } from '@main/data/message-store'
import type { Stores } from '@main/data/stores'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import { newId } from '@main/platform/ids'
import type { RunningTurn } from './running-turn'
import { endWithTx } from './turn-place'

/** Text on its way to the screen waits for one frame, text on its way to the disk for a quarter of a second. */
const SCREEN_MS = 16
const DISK_MS = 250

/** Writes one passage as it comes: to the reader's screen at once, to the database in short steps. */
export interface PassageWriter {
  readonly id: MessageId
  /** Where the story ended before. */
  readonly headBefore: MessageId | null
  text(): string
  write(text: string): void
  /** The passage as it is to be saved; with `deleted` when no word of it came, and then it is to be taken back. */
  finish(state: Exclude<MessageState, 'streaming'>, writtenBy: Authorship): MessageRow
}

export function startPassage(
  ports: { stores: Stores; events: EventHub; clock: Clock },
  { turn, scene: { opening } }: Pick<RunningTurn, 'turn' | 'scene'>,
  onFailure: (error: unknown) => void
): PassageWriter {
  const { stores, events, clock } = ports
  const { id: turnId, storyId, parentId } = turn
  const id = newId(MessageId)
  const headBefore = stores.stories.get(storyId)?.headId ?? null
  let row: MessageRow = {
    id,
    storyId,
    parentId,
    author: 'story',
    text: opening,
    state: 'streaming',
    writtenBy: null,
    edited: false,
    deleted: false,
    createdAt: timestamp(clock),
  }
  stores.transaction(() => {
    stores.messages.insert(row)
    endWithTx(stores, storyId, id, row.createdAt)
    stores.turns.setPassage(turnId, id)
  })
  events.changed({ topic: 'messages', ids: [storyId] })

  let shown = opening.length
  let saved = opening.length
  let screen: NodeJS.Timeout | undefined
  let disk: NodeJS.Timeout | undefined

  const show = () => {
    screen = undefined
    if (shown === row.text.length) return
    const delta = { turnId, storyId, messageId: id, offset: shown, text: row.text.slice(shown) }
    shown = row.text.length
    events.publish('turn.delta', delta)
  }
  const save = () => {
    disk = undefined
    if (saved === row.text.length) return
    try {
      stores.messages.append(id, row.text.slice(saved))
      saved = row.text.length
    } catch (error) {
      onFailure(error)
    }
  }

  return {
    id,
    headBefore,
    text: () => row.text,
    write: (text) => {
      const added = row.text === opening ? text.trimStart() : text
      if (added === '') return
      row = { ...row, text: row.text + added }
      screen ??= setTimeout(show, SCREEN_MS)
      disk ??= setTimeout(save, DISK_MS)
    },
    finish: (state, writtenBy) => {
      clearTimeout(screen)
      clearTimeout(disk)
      show()
      if (row.text === opening) return { ...row, deleted: true }
      row = { ...row, text: state === 'complete' ? row.text.trimEnd() : row.text, state, writtenBy }
      return row
    },
  }
}
