import type { WorldEntryKind } from '@contract/entities/world'

/** How a field is edited: `words` one by one, `texts` one under another; `own` is yes, no, or as the world says. */
export type FieldSpec = { path: FieldName } & (
  | { control: 'text'; rows: number }
  | { control: 'words' | 'texts' | 'switch' | 'own' }
  | { control: 'number'; max: number; nullable?: true }
  | { control: 'choice'; choices: readonly Choice[] }
)

export type FieldName =
  | 'aliases'
  | 'budget'
  | 'caseSensitive'
  | 'constant'
  | 'content'
  | 'cooldown'
  | 'delay'
  | 'depth'
  | 'depthVoice'
  | 'description'
  | 'examples'
  | 'greetings'
  | 'groupFirst'
  | 'groups'
  | 'groupWeight'
  | 'ignoresBudget'
  | 'keys'
  | 'loreBudget'
  | 'note'
  | 'noteDepth'
  | 'noteVoice'
  | 'notWokenByLore'
  | 'order'
  | 'personality'
  | 'position'
  | 'priority'
  | 'probability'
  | 'recursionLevel'
  | 'recursionSteps'
  | 'scanDepth'
  | 'scenario'
  | 'secondaryKeys'
  | 'secondaryLogic'
  | 'sticky'
  | 'styleGuide'
  | 'tags'
  | 'voice'
  | 'wakesNoLore'
  | 'wholeWords'
  | 'wordForms'

const voices = ['system', 'user', 'assistant'] as const
const logics = ['andAny', 'andAll', 'notAny', 'notAll'] as const
const positions = [
  'beforeCharacters',
  'afterCharacters',
  'beforeExamples',
  'afterExamples',
  'beforeNote',
  'afterNote',
  'atDepth',
] as const
export type Choice = (typeof voices)[number] | (typeof logics)[number] | (typeof positions)[number]

/** Fields that are shown together; those with a name are folded. */
export interface FieldGroup {
  name: 'main' | 'matching' | 'place' | 'time' | 'chain' | 'rivals' | 'beginning' | 'search'
  fields: readonly FieldSpec[]
}

const text = (path: FieldName, rows: number): FieldSpec => ({ path, control: 'text', rows })
const words = (path: FieldName): FieldSpec => ({ path, control: 'words' })
const number = (path: FieldName, max = 1_000_000): FieldSpec => ({ path, control: 'number', max })
const maybe = (path: FieldName): FieldSpec => ({ path, control: 'number', max: 1_000_000, nullable: true })
const onOff = (path: FieldName): FieldSpec => ({ path, control: 'switch' })
const own = (path: FieldName): FieldSpec => ({ path, control: 'own' })
const choice = (path: FieldName, choices: readonly Choice[]): FieldSpec => ({ path, control: 'choice', choices })

/** What is edited of an entry, in the order of its form. */
export const entryForms: Readonly<Record<WorldEntryKind, readonly FieldGroup[]>> = {
  character: [
    {
      name: 'main',
      fields: [
        words('aliases'),
        text('description', 4),
        text('personality', 2),
        text('voice', 2),
        text('examples', 3),
        words('tags'),
      ],
    },
    { name: 'beginning', fields: [text('scenario', 2), { path: 'greetings', control: 'texts' }] },
  ],
  place: [{ name: 'main', fields: [words('aliases'), text('description', 5), words('tags')] }],
  persona: [{ name: 'main', fields: [text('description', 6), words('tags')] }],
  lore: [
    { name: 'main', fields: [words('keys'), text('content', 6), onOff('constant')] },
    {
      name: 'matching',
      fields: [
        choice('secondaryLogic', logics),
        words('secondaryKeys'),
        own('wholeWords'),
        own('wordForms'),
        own('caseSensitive'),
        maybe('scanDepth'),
      ],
    },
    {
      name: 'place',
      fields: [
        choice('position', positions),
        number('order'),
        number('depth'),
        choice('depthVoice', voices),
        number('priority'),
        maybe('budget'),
        onOff('ignoresBudget'),
      ],
    },
    { name: 'time', fields: [number('probability', 100), number('sticky'), number('cooldown'), number('delay')] },
    { name: 'chain', fields: [onOff('notWokenByLore'), onOff('wakesNoLore'), number('recursionLevel', 20)] },
    { name: 'rivals', fields: [words('groups'), number('groupWeight', 10_000), onOff('groupFirst')] },
  ],
}

/** The style guide and the author's note, of a world and of a story. */
export const styleFields: readonly FieldSpec[] = [
  text('styleGuide', 6),
  text('note', 3),
  number('noteDepth'),
  choice('noteVoice', voices),
]

/** What else is edited of a world. */
export const worldForm: readonly FieldGroup[] = [
  { name: 'main', fields: [text('description', 2), ...styleFields] },
  {
    name: 'search',
    fields: [
      number('scanDepth'),
      number('loreBudget'),
      number('recursionSteps', 20),
      onOff('wholeWords'),
      onOff('wordForms'),
      onOff('caseSensitive'),
    ],
  },
]
