import { z } from 'zod'
import { MessageId } from '../ids'
import { Timestamp } from '../values'

/** Names one earlier version of a passage; counted within the database. */
export const VersionId = z.number().int().positive().brand<'VersionId'>()
export type VersionId = z.infer<typeof VersionId>

/** One visit to a passage's editor: what is typed in it is one version, and one step of undo. */
export const EditSession = z.string().min(1).max(64).brand<'EditSession'>()
export type EditSession = z.infer<typeof EditSession>

/** What can be undone: a passage's words changed, it was deleted, or another alternative was shown. */
export const EditKind = z.enum(['text', 'delete', 'choose'])
export type EditKind = z.infer<typeof EditKind>

/** What a passage said before. */
export const PassageVersion = z.strictObject({
  id: VersionId,
  text: z.string(),
  /** False: as it was first written, by a model or by the writer. True: as the writer changed it. */
  edited: z.boolean(),
  writtenAt: Timestamp,
})
export type PassageVersion = z.infer<typeof PassageVersion>

/** What undo and redo would do next; null when there is nothing. */
export const UndoState = z.strictObject({ undo: EditKind.nullable(), redo: EditKind.nullable() })
export type UndoState = z.infer<typeof UndoState>

/** What undo or redo has just changed. */
export const UndoneEdit = z.strictObject({ kind: EditKind, messageId: MessageId })
export type UndoneEdit = z.infer<typeof UndoneEdit>
