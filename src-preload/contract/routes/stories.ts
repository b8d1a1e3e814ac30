import { z } from 'zod'
import { command, query } from '../route'
import {
  ActiveTurn,
  CastMember,
  ChapterName,
  ContextUse,
  Message,
  PassageText,
  Story,
  StoryBranch,
  StorySummary,
  StoryTitle,
} from '../entities/story'
import { SearchPlace, StorySearch } from '../entities/search'
import { EditSession, PassageVersion, UndoneEdit, UndoState, VersionId } from '../entities/edit'
import { RecalledView } from '../entities/turn-results'
import { PlannedStep, PromptMessage, Turn, TurnKind, TurnStep } from '../entities/turn'
import { FieldPath, StorySettings } from '../entities/effective'
import { TemplateText } from '../entities/template-text'
import { Preset } from '../entities/preset'
import { MessageId, PresetId, RoleId, StoryId, TurnId, WorldEntryId } from '../ids'
import { JsonValue, Language, Name, Nothing, Timestamp } from '../values'

const byStory = z.strictObject({ id: StoryId })
const SearchText = z.string().max(200)
/** Roles that are to work in the next turn beside those whose turn it is. */
const AskedRoles = z.array(RoleId).max(20).optional()
const byMessage = z.strictObject({ id: MessageId })

export const storyRoutes = {
  /** Newest change first; archived ones too. With `ids`: those alone, and none for what is not there. */
  'stories.list': query(
    z.strictObject({ ids: z.array(StoryId).max(500).optional() }),
    z.array(StorySummary),
    ['stories', 'messages'],
    { rows: { topics: ['stories', 'messages'], order: { newest: 'updatedAt' } } }
  ),
  /** How many there are, archived ones too. */
  'stories.count': query(Nothing, z.number().int().nonnegative(), ['stories']),
  'stories.get': query(byStory, Story, ['stories'], { about: { stories: 'id' } }),
  /**
   * Without a preset: the default one. Without a title: the character's name, or a name in the story's language, numbered
   * when taken. `begin`: with a character's world, their greetings as alternatives of the first passage, of which the one
   * with this number is shown, and as this persona; without a greeting, the story is empty.
   */
  'stories.create': command(
    z.strictObject({
      title: StoryTitle.optional(),
      language: Language,
      presetId: PresetId.optional(),
      begin: z
        .strictObject({
          characterId: WorldEntryId,
          greeting: z.number().int().nonnegative().nullable(),
          personaId: WorldEntryId.nullable(),
        })
        .optional(),
    }),
    Story
  ),
  'stories.rename': command(z.strictObject({ id: StoryId, title: StoryTitle }), Story),
  'stories.setPreset': command(z.strictObject({ id: StoryId, presetId: PresetId }), Story),
  'stories.duplicate': command(byStory, Story),
  'stories.archive': command(z.strictObject({ id: StoryId, archived: z.boolean() }), Story),
  /** Kept for 30 days, and back with `stories.restore`. */
  'stories.delete': command(byStory, Nothing),
  'stories.restore': command(byStory, Story),
  'stories.saveDraft': command(z.strictObject({ id: StoryId, draft: PassageText }), Nothing),
  /**
   * Looks for words, in any of their forms, in the titles and the passages that stories show: stories whose titles have
   * them first, then the newest change. Words in quotes stand as they follow each other; the last word may be begun only.
   */
  'stories.search': query(z.strictObject({ text: SearchText }), StorySearch, ['stories', 'messages']),
  /** The places of one story in reading order, from the one numbered `first` (0 is the first) on. */
  'stories.searchPlaces': query(
    z.strictObject({
      text: SearchText,
      storyId: StoryId,
      first: z.number().int().nonnegative(),
      limit: z.number().int().min(1).max(200),
    }),
    z.array(SearchPlace),
    ['stories', 'messages'],
    { about: { stories: 'storyId', messages: 'storyId' } }
  ),
  'stories.cast': query(
    byStory,
    z.array(CastMember),
    ['stories', 'presets', 'modelConfigs', 'providers', 'tokens', 'models', 'servers', 'vault'],
    { about: { stories: 'id' } }
  ),

  /** How full the context of the next turn is, with the roles that are asked for it; null while no model can be called. */
  'stories.context': query(
    z.strictObject({ id: StoryId, roles: AskedRoles }),
    ContextUse.nullable(),
    ['stories', 'messages', 'worlds', 'presets', 'modelConfigs', 'providers', 'models', 'servers'],
    { about: { stories: 'id', messages: 'id' } }
  ),

  /** Every value the story works with, where it comes from, and in what the story differs from its preset. */
  'stories.settings': query(byStory, StorySettings, ['stories', 'presets', 'modelConfigs'], {
    about: { stories: 'id' },
  }),
  /** Makes the story differ from its preset in some fields; null means not set here. All of them, or none. */
  'stories.override': command(
    z.strictObject({ id: StoryId, role: RoleId, changes: z.record(FieldPath, JsonValue) }),
    StorySettings
  ),
  /** Gives fields back to the preset: those named, else all of the role, else all of the story. */
  'stories.resetOverrides': command(
    z.strictObject({ id: StoryId, role: RoleId.optional(), paths: z.array(FieldPath).optional() }),
    StorySettings
  ),
  /** Makes a preset of what the story works with. With `switchTo` the story is based on it from then on. */
  'stories.saveAsPreset': command(z.strictObject({ id: StoryId, name: Name, switchTo: z.boolean() }), Preset),

  /**
   * The passages on `limit` places of the story, in reading order: from place `first` on; those around the passage `at`,
   * where the places are counted off in pages of `limit`; by default the last ones. Fewer come back where passages were
   * deleted. `length` is the number of places up to the last passage. Refuses with `not_found` a passage that is not in
   * the story as it is shown.
   */
  'messages.page': query(
    z.strictObject({
      storyId: StoryId,
      first: z.number().int().nonnegative().optional(),
      at: MessageId.optional(),
      limit: z.number().int().min(1).max(500).default(100),
    }),
    z.strictObject({
      messages: z.array(Message),
      first: z.number().int().nonnegative(),
      length: z.number().int().nonnegative(),
    }),
    ['messages'],
    { about: { messages: 'storyId' } }
  ),
  /** What is typed in one `session` becomes one step of undo, and one version of the passage before it is kept. */
  'messages.edit': command(
    z.strictObject({ id: MessageId, text: PassageText, session: EditSession.optional() }),
    Message
  ),
  /** What a passage said before, the newest first, without what it says now. */
  'messages.versions': query(byMessage, z.array(PassageVersion), ['messages']),
  'messages.restoreVersion': command(z.strictObject({ id: MessageId, version: VersionId }), Message),
  'messages.delete': command(byMessage, Nothing),
  'messages.restore': command(byMessage, Message),
  /** Shows another alternative, and the story as it went on from there. */
  'messages.choose': command(byMessage, Nothing),

  /**
   * Lets the story end with this passage, so that it can go on in another way. What followed stays as a branch of its own,
   * that begins with `left`; null where nothing followed. `stories.undo` shows it again.
   */
  'messages.branch': command(byMessage, z.strictObject({ left: MessageId.nullable() })),
  /** The branches behind the passage with which the story ends as it is shown, in the order they were made. */
  'messages.branches': query(z.strictObject({ storyId: StoryId }), z.array(StoryBranch), ['messages'], {
    about: { messages: 'storyId' },
  }),

  /** Marks a passage as the last one of a chapter, which may have a name; with null it is that no longer. */
  'messages.endChapter': command(z.strictObject({ id: MessageId, name: ChapterName.nullable() }), Message),

  'stories.undoState': query(byStory, UndoState, ['messages'], { about: { messages: 'id' } }),
  /** Takes back the last edit, deletion or choice of an alternative in a story; null when there is nothing to undo. */
  'stories.undo': command(byStory, UndoneEdit.nullable()),
  /** Does again what was undone last; null when there is nothing. */
  'stories.redo': command(byStory, UndoneEdit.nullable()),

  /**
   * Starts a turn and answers at once; the rest comes as `turn.*` events.
   * - `send`: the writer's line (`text`, may be empty: the story goes on by itself), then a new passage.
   * - `retry`: another alternative of the last passage.
   * - `continue`: goes on from the last passage; one that was stopped or cut is completed, as a new alternative.
   *
   * With `at`, all this is done as if the story ended with that passage, which must be one that it shows; what follows it
   * stays as a branch of its own, and is shown again by choosing the passage that the new one stands beside.
   *
   * `roles` work in this turn, however often they do so otherwise. With `revise`, a retry mends the last passage: what the
   * Guard still found in it, and what the text says.
   */
  'turns.start': command(
    z.strictObject({
      storyId: StoryId,
      kind: TurnKind,
      text: PassageText.optional(),
      at: MessageId.optional(),
      roles: AskedRoles,
      revise: z.string().max(4000).optional(),
    }),
    z.strictObject({ turnId: TurnId })
  ),
  /** Stops the running turn; what was written stays. No error when none runs. */
  'turns.stop': command(z.strictObject({ storyId: StoryId }), Nothing),
  /** The turn running in a story, or null. */
  'turns.active': query(z.strictObject({ storyId: StoryId }), ActiveTurn.nullable(), []),
  /** What became of the newest turn of a story, or null. */
  'turns.last': query(z.strictObject({ storyId: StoryId }), Turn.nullable(), ['turns'], {
    about: { turns: 'storyId' },
  }),
  /** What each step of a turn sent and got. */
  'turns.steps': query(z.strictObject({ turnId: TurnId }), z.array(TurnStep), ['turns']),
  /**
   * Takes a turn again from one of its steps on, as an alternative of its passage: the step sends these messages, those
   * before it keep their answers, and those after it are taken as in any turn. With `alone` nothing after it is taken, and
   * the story stays as it is: what the step answered is in the record.
   */
  'turns.rerun': command(
    z.strictObject({
      turnId: TurnId,
      position: z.number().int().nonnegative(),
      messages: z.array(PromptMessage).min(1).max(10_000),
      alone: z.boolean().default(false),
    }),
    z.strictObject({ turnId: TurnId })
  ),
  /** The turns that took one step of this one alone, the oldest first; or, of such a turn, the one that it was of. */
  'turns.alone': query(
    z.strictObject({ turnId: TurnId }),
    z.strictObject({
      of: TurnId.nullable(),
      tries: z.array(z.strictObject({ turnId: TurnId, role: RoleId, startedAt: Timestamp })),
    }),
    ['turns']
  ),
  /** Of how many turns it is kept what they sent and got, and the bytes that it takes. */
  'turns.room': query(
    Nothing,
    z.strictObject({ turns: z.number().int().nonnegative(), bytes: z.number().int().nonnegative() }),
    ['turns', 'preferences']
  ),
  /** Forgets what all turns sent and got, but for those that run. */
  'turns.clear': command(Nothing, Nothing),
  /** A turn as a file of JSON, with every step and attempt, and without a key. */
  'turns.export': command(
    z.strictObject({ turnId: TurnId }),
    z.strictObject({ fileName: z.string(), text: z.string() })
  ),
  /** What was recalled for the passage of a turn. */
  'turns.recalled': query(z.strictObject({ turnId: TurnId }), z.array(RecalledView), ['turns', 'messages']),
  /** Whether a passage that broke off has a whole draft that another role was writing it from. */
  'turns.hasDraft': query(byMessage, z.boolean(), ['turns', 'messages']),
  /** Shows that draft as an alternative of the passage; `stories.undo` takes it back. */
  'turns.useDraft': command(byMessage, Nothing),
  /** Keeps a passage although the Guard found contradictions in it. */
  'turns.accept': command(byMessage, Nothing),
  /**
   * The steps that `turns.start` would take now, with their prompts; nothing is called and nothing changes. `prompts` are
   * tried out in the place of those that the roles have.
   */
  'turns.plan': query(
    z.strictObject({
      storyId: StoryId,
      kind: TurnKind,
      text: PassageText.optional(),
      roles: AskedRoles,
      prompts: z.record(RoleId, TemplateText).optional(),
    }),
    z.array(PlannedStep),
    ['stories', 'messages', 'worlds', 'presets', 'modelConfigs', 'providers', 'models', 'servers'],
    { about: { stories: 'storyId', messages: 'storyId' } }
  ),
}
