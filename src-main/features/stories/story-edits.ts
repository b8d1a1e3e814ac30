import type { UndoneEdit, UndoState, VersionId } from '@contract/entities/edit'
import type { Message } from '@contract/entities/story'
import { CommonError, FabulaError } from '@contract/errors'
import type { MessageId, StoryId } from '@contract/ids'
import type { ParsedInput } from '@contract/routes'
import type { EditRow, VersionRow } from '@main/data/edit-store'
import type { MessageRow } from '@main/data/message-store'
import type { Stores } from '@main/data/stores'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import type { Passages } from './passages'

/**
 * What a writer does to the passages of a story by hand. Each step can be undone and done again, also after a restart,
 * and no words are ever overwritten: what a passage said before is kept as a version of it.
 */
export interface StoryEdits {
  edit(input: ParsedInput<'messages.edit'>): Message
  restoreVersion(input: ParsedInput<'messages.restoreVersion'>): Message
  remove(id: MessageId): void
  restore(id: MessageId): Message
  choose(id: MessageId): void
  /**
   * Lets the story end with a passage that it shows, and returns the one after it, where there is one. Throws `not_found` for
   * another one.
   */
  branch(id: MessageId): MessageId | null
  undoState(id: StoryId): UndoState
  undo(id: StoryId): UndoneEdit | null
  redo(id: StoryId): UndoneEdit | null
}

export function createStoryEdits(ports: {
  stores: Stores
  events: EventHub
  clock: Clock
  passages: Passages
}): StoryEdits {
  const { stores, events, clock, passages } = ports
  const { settled, storyOf } = passages
  const { tree } = stores.messages

  const changed = (storyId: StoryId) => events.changed({ topic: 'messages', ids: [storyId] })

  const kept = (id: MessageId): MessageRow => {
    const message = settled(id)
    if (message.deleted)
      throw new FabulaError(CommonError.NotFound, `The passage ${id} was deleted`, { details: { path: 'id' } })
    return message
  }

  /** Keeps what a passage says now as a version of it. */
  const keepWords = ({ id, text, edited }: MessageRow) =>
    stores.edits.keepVersion(id, { text, edited, writtenAt: stores.messages.writtenAt(id) ?? timestamp(clock) })

  const say = (id: MessageId, { text, edited, writtenAt }: Omit<VersionRow, 'id'>): Message => {
    stores.messages.setText(id, { text, edited, writtenAt })
    const message = settled(id)
    changed(message.storyId)
    return passages.view(message)
  }

  /** Shows a passage and the story as it went on from there; the branch that is left can be come back to. */
  const show = (message: MessageRow) => {
    const { headId } = storyOf(message)
    const depth = tree.place(message.id)?.depth ?? 0
    const shown = headId === null ? null : tree.ancestorAt(headId, depth)
    if (headId !== null && shown !== null && shown !== message.id) stores.messages.leaveBranch(shown, headId)
    stores.stories.setHead(message.storyId, stores.messages.leafOf(message.id), timestamp(clock))
    changed(message.storyId)
  }
  /** Ends the story with a passage that it shows; what follows it can be come back to. */
  const endWith = ({ id, storyId }: MessageRow, headId: MessageId): MessageId | null => {
    const next = tree.ancestorAt(headId, (tree.place(id)?.depth ?? 0) + 1)
    if (next !== null) stores.messages.leaveBranch(next, headId)
    stores.stories.setHead(storyId, id, timestamp(clock))
    changed(storyId)
    return next
  }
  const isBehind = ({ id }: MessageRow, before: MessageRow): boolean =>
    id !== before.id && tree.ancestorAt(id, tree.place(before.id)?.depth ?? 0) === before.id
  /** Shows one of two passages between which a choice was made; of two on one path, the story ended with the first. */
  const showAgain = (wanted: MessageRow, left: MessageRow | null) => {
    const { headId } = storyOf(wanted)
    const next =
      left && isBehind(wanted, left) ? tree.ancestorAt(wanted.id, (tree.place(left.id)?.depth ?? 0) + 1) : null
    if (headId !== null && left && isBehind(left, wanted) && isShown(wanted)) endWith(wanted, headId)
    else show(next === null ? wanted : settled(next))
  }
  const isShown = (message: MessageRow): boolean => {
    const { headId } = storyOf(message)
    const depth = tree.place(message.id)?.depth ?? 0
    return headId !== null && tree.ancestorAt(headId, depth) === message.id
  }

  const setDeleted = (message: MessageRow, deleted: boolean) => {
    stores.messages.update({ ...message, deleted }, timestamp(clock))
    changed(message.storyId)
  }

  /** Returns the alternative that takes the place: the last passage makes room for the one that was made before it. */
  const takeOut = (message: MessageRow): MessageId | null => {
    const { headId } = storyOf(message)
    const last = headId === null ? null : stores.messages.lastShown(headId)
    const alternatives = stores.messages.alternatives(message)
    const place = alternatives.indexOf(message.id)
    const instead = alternatives[place - 1] ?? alternatives[place + 1]
    setDeleted(message, true)
    if (last?.id !== message.id || instead === undefined) return null
    show(settled(instead))
    return instead
  }
  const putBack = (message: MessageRow) => {
    setDeleted(message, false)
    if (!isShown(message)) show(message)
  }

  const edit = (message: MessageRow, text: string, session: EditRow['session']): Message => {
    const { id, storyId } = message
    if (text === message.text) return passages.view(message)
    const now = timestamp(clock)
    const last = stores.edits.next(storyId, 'undo')
    const before = last?.before == null ? null : stores.edits.version(last.before)
    if (session === null || !before || last?.session !== session || last.messageId !== id) {
      stores.edits.add(
        storyId,
        { messageId: id, kind: 'text', session, before: keepWords(message), otherId: null },
        now
      )
      return say(id, { text, edited: true, writtenAt: now })
    }
    if (text !== before.text) return say(id, { text, edited: true, writtenAt: now })
    // Typed and taken back: as if nothing had been done.
    stores.edits.remove(last.seq)
    stores.edits.removeVersion(before.id)
    return say(id, before)
  }

  /** Keeps what a passage says now, unless it is what that version has. */
  const keepNewWords = (message: MessageRow, known: VersionId | null): VersionId =>
    known !== null && stores.edits.version(known)?.text === message.text ? known : keepWords(message)

  /** False when what was done is about a passage or a version that is no more. */
  const apply = (step: EditRow, direction: 'undo' | 'redo'): boolean => {
    const message = settled(step.messageId)
    switch (step.kind) {
      case 'text': {
        const wanted = direction === 'undo' ? step.before : step.after
        const version = wanted === null ? null : stores.edits.version(wanted)
        if (!version) return false
        if (direction === 'undo') stores.edits.setAfter(step.seq, keepNewWords(message, step.after))
        else keepNewWords(message, step.before)
        say(message.id, version)
        return true
      }
      case 'delete':
        if (direction === 'undo') putBack(message)
        else takeOut(message)
        return true
      case 'choose': {
        const other = step.otherId === null ? null : stores.messages.get(step.otherId)
        if (direction === 'redo') showAgain(message, other)
        else if (other) showAgain(other, message)
        return direction === 'redo' || other !== null
      }
    }
  }

  const step = (storyId: StoryId, direction: 'undo' | 'redo'): UndoneEdit | null =>
    stores.transaction(() => {
      for (;;) {
        const next = stores.edits.next(storyId, direction)
        if (!next) return null
        if (apply(next, direction)) {
          stores.edits.setUndone(next.seq, direction === 'undo')
          const isBefore = direction === 'undo' && next.kind === 'choose'
          return { kind: next.kind, messageId: isBefore ? (next.otherId ?? next.messageId) : next.messageId }
        }
        stores.edits.remove(next.seq)
      }
    })

  return {
    edit: ({ id, text, session }) => stores.transaction(() => edit(kept(id), text, session ?? null)),

    restoreVersion: ({ id, version }) =>
      stores.transaction(() => {
        const message = kept(id)
        const found = stores.edits.versions(id).find((one) => one.id === version)
        if (!found)
          throw new FabulaError(CommonError.NotFound, `The passage ${id} has no version ${version}`, {
            details: { path: 'version' },
          })
        if (found.text === message.text) return passages.view(message)
        const before = keepWords(message)
        const now = timestamp(clock)
        stores.edits.add(message.storyId, { messageId: id, kind: 'text', session: null, before, otherId: null }, now)
        return say(id, { ...found, writtenAt: found.edited ? now : found.writtenAt })
      }),

    remove: (id) =>
      stores.transaction(() => {
        const message = kept(id)
        const otherId = takeOut(message)
        const done = { messageId: id, kind: 'delete', session: null, before: null, otherId } as const
        stores.edits.add(message.storyId, done, timestamp(clock))
      }),

    restore: (id) =>
      stores.transaction(() => {
        const message = settled(id)
        if (stores.messages.bin.isForgotten(id))
          throw new FabulaError(CommonError.NotFound, `There is no passage ${id}`, { details: { path: 'id' } })
        if (message.deleted) {
          putBack(message)
          stores.edits.removeDeletion(id)
        }
        return passages.view(message)
      }),

    choose: (id) =>
      stores.transaction(() => {
        const message = kept(id)
        if (isShown(message)) return
        const { headId } = storyOf(message)
        const depth = tree.place(id)?.depth ?? 0
        const otherId = headId === null ? null : (tree.ancestorAt(headId, depth) ?? headId)
        show(message)
        const done = { messageId: id, kind: 'choose', session: null, before: null, otherId } as const
        stores.edits.add(message.storyId, done, timestamp(clock))
      }),

    branch: (id) =>
      stores.transaction(() => {
        const message = kept(id)
        const { headId } = storyOf(message)
        if (headId === null || !isShown(message))
          throw new FabulaError(CommonError.NotFound, `The story shows no passage ${id}`, { details: { path: 'id' } })
        if (headId === id) return null
        const left = endWith(message, headId)
        const done = { messageId: id, kind: 'choose', session: null, before: null, otherId: headId } as const
        stores.edits.add(message.storyId, done, timestamp(clock))
        return left
      }),

    undoState: (id) => ({
      undo: stores.edits.next(id, 'undo')?.kind ?? null,
      redo: stores.edits.next(id, 'redo')?.kind ?? null,
    }),
    undo: (id) => step(id, 'undo'),
    redo: (id) => step(id, 'redo'),
  }
}
