import type { JsonObject, JsonValue } from '@contract/values'

const repeat = (text: string, times: number) => text.repeat(times)

const deep = (): JsonValue => {
  let value: JsonValue = 'x'
  for (let level = 0; level < 3000; level += 1) value = [value]
  return value
}

/** Macros of which each calls the one before it ten times: a billion texts from a few lines. */
const laughs = Array.from(
  { length: 12 },
  (_, level) =>
    `{% macro m${level}() %}${level === 0 ? 'ha' : `{% for i in range(10) %}{{ m${level - 1}() }}{% endfor %}`}{% endmacro %}`
).join('')

type Outcome = string | readonly [text: string]

/**
 * What a template may try that somebody else has written, and what comes of it: the code of an error, or, in brackets,
 * the text, which is harmless; `text`: some text.
 */
export const hostileCases: readonly [name: string, outcome: Outcome, source: string, variables?: JsonObject][] = [
  // Files and other templates.
  ['a file of the system', 'template_faulty', '{% include "/etc/passwd" %}'],
  ['a file beside the app', 'template_faulty', '{% include "../../package.json" %}'],
  ['a file, and no matter if it is not there', ['|'], '{% include "/etc/passwd" ignore missing %}|'],
  ['a file out of a variable', 'template_faulty', '{% include path %}', { path: '/etc/passwd' }],
  ['the first file of several', 'template_faulty', '{% include ["/etc/passwd", "/etc/hosts"] %}'],
  ['macros of a file', 'template_faulty', '{% import "/etc/passwd" as p %}{{ p.root() }}'],
  ['a macro of a file', 'template_faulty', '{% from "/etc/passwd" import root %}{{ root() }}'],
  ['another template to stand in', 'template_faulty', '{% extends "base" %}{% block b %}x{% endblock %}'],
  ['itself to stand in', 'template_faulty', '{% extends "<template>" %}'],
  ['itself inside of itself', 'template_faulty', '{% include "<template>" %}'],
  // Ways out to what runs the engine.
  ['the class of a text', 'template_undefined', '{{ "".__class__.__mro__[1].__subclasses__() }}'],
  ['the class of a variable', 'template_undefined', '{{ story.__class__ }}', { story: {} }],
  [
    'the constructor of an object',
    'template_faulty',
    '{{ story.constructor.constructor("return process")() }}',
    { story: {} },
  ],
  ['the constructor of a list', 'template_undefined', '{{ [].constructor }}'],
  ['the constructor by its name in brackets', 'template_undefined', '{{ story["constructor"] }}', { story: {} }],
  ['the prototype of an object', 'template_undefined', '{{ story.__proto__ }}', { story: {} }],
  [
    'the prototype, to be changed',
    'template_undefined',
    '{% set n = namespace() %}{% set n.__proto__ = {"x": 1} %}{{ {}.x }}',
  ],
  ['an object with a prototype of its own', 'template_undefined', '{{ {"__proto__": {"x": 1}}.x }}'],
  ['a method of JavaScript', 'template_faulty', '{{ story.toString() }}{{ story.hasOwnProperty("a") }}', { story: {} }],
  ['a method of JavaScript on a text', 'template_faulty', '{{ "a".charCodeAt(0) }}'],
  ['the method of a method', 'template_faulty', '{{ "a".upper.call("b") }}'],
  ['the class by a filter', 'template_undefined', '{{ ""|attr("__class__") }}'],
  ['the globals of a function', 'template_undefined', '{{ cycler.__init__.__globals__.os.popen("id").read() }}'],
  ['the globals of the templates', 'template_undefined', '{{ self.__init__.__globals__ }}'],
  ['the loop as a way out', 'template_undefined', '{% for i in [1] %}{{ loop.__class__ }}{% endfor %}'],
  ['the process', 'template_undefined', '{{ process.env }}'],
  ['the global object', 'template_undefined', '{{ globalThis.process }}'],
  ['a module', 'template_faulty', '{{ require("fs").readFileSync("/etc/passwd") }}'],
  ['the state of the engine', 'template_faulty', '{{ debug() }}'],
  ['the context', 'template_undefined', '{{ context }}{{ environment }}{{ _context }}'],
  ['a function of Python', 'template_faulty', '{{ open("/etc/passwd").read() }}'],
  ['code to be run', 'template_faulty', '{{ eval("1 + 1") }}{{ exec("x") }}'],
  ['a filter with the name of a method', 'template_faulty', '{{ "a"|constructor }}{{ "a"|toString }}'],
  ['a test with the name of a method', 'template_faulty', '{{ "a" is constructor }}'],
  // What does not end.
  [
    'loops in loops',
    'template_too_costly',
    '{% for i in range(99999) %}{% for j in range(99999) %}a{% endfor %}{% endfor %}',
  ],
  [
    'loops that say nothing',
    'template_too_costly',
    '{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}',
  ],
  ['a macro that calls itself', 'template_too_costly', '{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}'],
  [
    'macros that call each other',
    'template_too_costly',
    '{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}',
  ],
  ['a loop that calls itself', 'template_too_costly', '{% for i in [1] recursive %}{{ loop([1]) }}{% endfor %}'],
  ['a block that calls itself', 'template_too_costly', '{% block b %}{{ self.b() }}{% endblock %}'],
  [
    'a caller that calls',
    'template_faulty',
    '{% macro f() %}{% call f() %}{{ caller() }}{% endcall %}{% endmacro %}{% call f() %}x{% endcall %}',
  ],
  ['macros that multiply', 'template_too_costly', `${laughs}{{ m11() }}`],
  [
    'slow work in few steps',
    'template_too_costly',
    '{% set a = range(99999)|list %}{% for i in a %}{% if i in a %}{% endif %}{% endfor %}',
  ],
  // Huge numbers.
  ['a huge range', 'template_faulty', '{{ range(1000000000)|list|length }}'],
  ['a huge range from below', 'template_faulty', '{{ range(-9000000000000000000, 9000000000000000000)|length }}'],
  ['a range without steps', 'template_faulty', '{{ range(1, 2, 0)|list }}'],
  ['a range that no number holds', 'template_syntax', '{{ range(99999999999999999999999999999999999999999) }}'],
  ['a power of powers', 'template_faulty', '{{ 9 ** 9 ** 9 ** 9 }}'],
  ['a division by nothing', 'template_faulty', '{{ 1 // 0 }}'],
  ['a rest by nothing', 'template_faulty', '{{ 1 % 0 }}'],
  ['the least number, turned around', ['9223372036854775808'], '{{ -9223372036854775808 // -1 }}'],
  ['rounding to more digits than there are', ['NaN'], '{{ 1.5|round(2147483647) }}'],
  ['a number without end', ['inf'], '{{ 1e308 * 10 }}'],
  // Giant texts.
  ['a giant text', 'template_too_costly', '{{ "a" * 1000000000 }}'],
  ['a text less than no times', 'template_faulty', '[{{ "a" * -1 }}]'],
  ['a result that nobody reads', 'template_too_costly', '{{ "a" * 5000000 }}'],
  [
    'a text that doubles itself',
    'template_too_costly',
    '{% set n = namespace(x="a") %}{% for i in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}',
  ],
  ['an object in itself', 'template_too_costly', '{% set n = namespace() %}{% set n.x = n %}{{ n }}'],
  ['an indent without end', 'template_too_costly', '{{ "a\nb"|indent(1000000000) }}'],
  ['JSON with an indent without end', 'template_too_costly', '{{ {"a": {"b": 1}}|tojson(indent=1000000000) }}'],
  ['rows without end', 'template_too_costly', '{{ [1]|batch(1000000000, "x")|list|length }}'],
  ['columns without end', 'template_too_costly', '{{ [1]|slice(1000000000)|list|length }}'],
  ['a replacement of nothing', 'template_too_costly', '{{ text|replace("", text) }}', { text: repeat('a', 3000) }],
  ['replacements that multiply', 'template_too_costly', `{{ "aa"${repeat('|replace("a", "aaaaaaaaaa")', 30)} }}`],
  ['tags without end', ['0'], '{{ text|striptags|length }}', { text: repeat('<', 200_000) }],
  ['a text of tags that open', ['0'], '{{ text|striptags|length }}', { text: repeat('<a ', 100_000) }],
  // Depth and length of what is read.
  ['brackets in brackets', 'template_syntax', `{{ ${repeat('(', 5000)}1${repeat(')', 5000)} }}`],
  ['lists in lists', 'template_syntax', `{{ ${repeat('[', 5000)}${repeat(']', 5000)} }}`],
  ['conditions in conditions', 'template_syntax', repeat('{% if a %}', 5000)],
  ['not not not', 'template_too_costly', `{{ ${repeat('not ', 15_000)}1 }}`],
  ['signs before a number', 'template_too_costly', `{{ ${repeat('-', 50_000)}1 }}`],
  ['a chain of texts', 'template_too_costly', `{{ ${repeat('x ~ ', 14_000)}x }}`, { x: 'x' }],
  ['a chain of filters', 'template_too_costly', `{{ "a"${repeat('|upper', 9000)} }}`],
  ['a chain of attributes', 'template_too_costly', `{{ a${repeat('.b', 29_000)} }}`, { a: {} }],
  ['conditions one after another', 'template_too_costly', `{% if 0 %}${repeat('{% elif 0 %}', 4900)}{% endif %}`],
  ['a variable nested three thousand deep', 'text', '{{ deep }}', { deep: deep() }],
  ['a list that nobody could write', ['29000'], `{{ [${repeat('1,', 29_000)}]|length }}`],
  // Odd signs and names.
  ['half a sign', ['a\ufffdb|A\ufffdB|3'], '{{ text }}|{{ text|upper }}|{{ text|length }}', { text: 'a\ud83cb' }],
  ['half a sign in the template', ['a\ufffdb1'], 'a\ud83cb{{ 1 }}'],
  ['a sign that ends texts in C', ['a\0b\0\0'], 'a\0b{{ "\0" }}{{ text }}', { text: '\0' }],
  ['a name with the end of an expression', ['12'], '{{ a["}}"] }}{{ a["%}"] }}', { a: { '}}': 1, '%}': 2 } }],
  [
    'variables with the names of JavaScript',
    ['abc'],
    '{{ constructor }}{{ toString }}{{ hasOwnProperty }}',
    {
      constructor: 'a',
      toString: 'b',
      hasOwnProperty: 'c',
    },
  ],
  [
    'a variable that would be a prototype',
    ['falsefalse'],
    '{{ x is defined }}{{ {}.x is defined }}',
    JSON.parse('{"__proto__": {"x": 1}}'),
  ],
  [
    'a variable that says how it is JSON',
    ['{"toJSON":"x","valueOf":1}'],
    '{{ a|tojson }}',
    { a: { toJSON: 'x', valueOf: 1 } },
  ],
  [
    'a template in a variable',
    ['{{ process }}{% include "x" %}'],
    '{{ text }}',
    { text: '{{ process }}{% include "x" %}' },
  ],
  ['a name that nobody can say', 'template_undefined', `{{ ${repeat('a', 50_000)} }}`],
  [
    'signs that turn the text around',
    ['\u202e\u2066{{\u200b\ufeff'],
    '{{ text }}',
    { text: '\u202e\u2066{{\u200b\ufeff' },
  ],
]
