import type { JsonObject } from '@contract/values'

/** What a V2 card has at least. */
const data = (more: JsonObject = {}): JsonObject => ({
  name: 'Мира',
  description: 'A lighthouse keeper.',
  personality: 'Dry.',
  scenario: 'A storm.',
  first_mes: 'The lamp is out.',
  mes_example: '<START>\n{{char}}: Mind the stairs.',
  creator_notes: '',
  system_prompt: '',
  post_history_instructions: '',
  alternate_greetings: ['You are late.'],
  tags: ['sea'],
  creator: 'someone',
  character_version: '1',
  extensions: {},
  ...more,
})

const v2 = (more: JsonObject = {}, top: JsonObject = {}): JsonObject => ({
  spec: 'chara_card_v2',
  spec_version: '2.0',
  ...top,
  data: data(more),
})
const v3 = (more: JsonObject = {}, top: JsonObject = {}): JsonObject => ({
  spec: 'chara_card_v3',
  spec_version: '3.0',
  ...top,
  data: data({ group_only_greetings: [], ...more }),
})

const entry = (more: JsonObject = {}): JsonObject => ({
  keys: ['маяк', 'lighthouse'],
  content: 'The light has been dark for a year.',
  extensions: { position: 4, depth: 2, unknownRule: { deep: [1, null, 'x'] } },
  enabled: true,
  insertion_order: 10,
  id: 7,
  vendor_note: 'keep me',
  ...more,
})

/** Cards as programs and people make them; each must come back with all that Fabula does not know. */
export const cardShapes: Record<string, JsonObject> = {
  'version 2, plain': v2(),
  'version 1': {
    name: 'Old',
    description: 'd',
    personality: 'p',
    scenario: 's',
    first_mes: 'f',
    mes_example: 'm',
    favourite: true,
  },
  'version 1 with the first names': {
    char_name: 'Ancient',
    char_persona: 'p',
    char_greeting: 'g',
    world_scenario: 'w',
    example_dialogue: 'e',
    metadata: { tool: { name: 'editor', url: null } },
  },
  'version 3, plain': v3(),
  'version 3 with all that is new in it': v3({
    nickname: 'Мирка',
    creator_notes_multilingual: { ru: 'заметки', en: 'notes' },
    source: ['https://example.invalid/1'],
    group_only_greetings: ['All of you?'],
    creation_date: 1_700_000_000,
    modification_date: 1_700_000_001,
    assets: [{ type: 'icon', uri: 'ccdefault:', name: 'main', ext: 'png' }],
  }),
  'version 3.1 of the future': v3({ mood_graph: [[0, 1]] }, { spec_version: '3.1', checksum: 'abc' }),
  'as SillyTavern writes JSON: version 1 beside version 2': v2(
    {
      extensions: {
        talkativeness: '0.5',
        fav: false,
        world: 'Sea',
        depth_prompt: { prompt: 'p', depth: 4, role: 'system' },
      },
    },
    {
      name: 'Мира',
      description: 'A lighthouse keeper.',
      personality: 'Dry.',
      scenario: 'A storm.',
      first_mes: 'The lamp is out.',
      mes_example: '<START>\n{{char}}: Mind the stairs.',
      creatorcomment: '',
      avatar: 'none',
      chat: 'Мира - 2024-1-1',
      talkativeness: '0.5',
      fav: false,
      tags: ['sea'],
      create_date: '2024-1-1',
    }
  ),
  'letters of many scripts and emoji': v2({
    name: '👩‍🚀 Ünïcode 物語 مرحبا',
    description: '𝔊othic 🏳️‍🌈 e\u0301 \u200d\u2028\u2029',
    '🗝️ключ': { '🤷': '🤷🏽‍♀️' },
  }),
  'foreign extensions': v2({
    extensions: {
      risuai: {
        emotions: [['happy', 'assets/1.png']],
        customScripts: [{ comment: '', in: 'a', out: 'b', type: 'editdisplay' }],
      },
      chub: { id: 12, full_path: 'a/b', related_lorebooks: [] },
      agnai: { voice: {}, persona: { kind: 'text' } },
      'some/key with spaces': [null, true, 0.1, -1e21],
    },
  }),
  'own extensions under our name': v2({
    extensions: { fabula: { voice: 'Hoarse.', aliases: ['Keeper'], future: { a: 1 } } },
  }),
  'empty fields': v2({
    name: '',
    description: '',
    personality: '',
    scenario: '',
    first_mes: '',
    mes_example: '',
    alternate_greetings: [],
    tags: [],
    creator: '',
    character_version: '',
  }),
  'nothing but a name': { spec: 'chara_card_v2', spec_version: '2.0', data: { name: 'Only' } },
  'wrong types: numbers for texts': v2({ name: 42, description: 7.5, personality: true, character_version: 2 }),
  'null where a text or a list should be': v2({
    personality: null,
    alternate_greetings: null,
    tags: null,
    extensions: {},
  }),
  'a list as text': v2({ tags: 'sea, storm ,night', alternate_greetings: 'Only one.' }),
  'numeric strings': v2({
    character_book: {
      scan_depth: '5',
      token_budget: '512',
      recursive_scanning: 'true',
      extensions: { a: 1 },
      entries: [
        entry({
          insertion_order: '3',
          priority: '9',
          enabled: 'true',
          extensions: { probability: '50', useProbability: 'false' },
        }),
      ],
    },
  }),
  'a first greeting that is blank before another': v2({ first_mes: '  ', alternate_greetings: ['', 'Second.', ''] }),
  'line ends of Windows': v2({ description: 'one\r\ntwo\r\n', mes_example: '<START>\r\n{{user}}: hi\r\n' }),
  'a nested lorebook': v2({
    character_book: {
      name: 'Sea',
      description: 'About the sea',
      scan_depth: 3,
      token_budget: 400,
      recursive_scanning: false,
      extensions: { vendor: true },
      publisher: { name: 'x' },
      entries: [
        entry(),
        entry({
          id: 8,
          keys: ['🗝️', '🐉🔥'],
          name: 'Emoji',
          comment: 'other',
          secondary_keys: ['sea'],
          selective: false,
          use_regex: false,
        }),
        entry({
          id: 9,
          keys: ['a/b\\d+'],
          use_regex: true,
          case_sensitive: true,
          position: 'after_char',
          constant: true,
        }),
        entry({ id: '9', keys: [], content: '', enabled: false, extensions: {} }),
      ],
    },
  }),
  'a lorebook as an object of entries': v2({
    character_book: { entries: { first: entry(), second: entry({ id: 2 }) } },
  }),
  'an empty lorebook': v2({ character_book: { entries: [], extensions: {} } }),
  'huge example dialogues': v2({ mes_example: '<START>\n{{char}}: Ветер. 🌊\n'.repeat(5000) }),
  'deeply nested extensions': v2({
    extensions: { a: Array.from({ length: 40 }).reduce<JsonObject>((inner) => ({ inner }), { end: true }) },
  }),
  'keys that objects have already': v2({ extensions: { constructor: 'c', toString: 't', hasOwnProperty: 1 } }),
  'half a character in a text': v2({ description: 'broken \ud83d end', extensions: { also: '\ude00' } }),
  'line breaks and spaces in a name': v2({ name: '  Two\nlines  ' }),
  'a very long name': v2({ name: 'Ж'.repeat(500) }),
  'markup and scripts': v2({
    creator_notes: '<script>alert(1)</script><style>*{display:none}</style>',
    first_mes: '<img src=x onerror=alert(1)>',
  }),
}
