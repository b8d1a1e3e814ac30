export const exampleNames = ['curl', 'python', 'node', 'sillytavern', 'openwebui'] as const
export type ExampleName = (typeof exampleNames)[number]

/** Programs that are set up in a form, not by code: the names of their texts. */
export const isByHand = (name: ExampleName): name is 'sillytavern' | 'openwebui' =>
  name === 'sillytavern' || name === 'openwebui'

interface Ask {
  /** Of the API, without a slash at the end. */
  url: string
  model: string
  /** What is asked, in the language of the app. */
  line: string
}

/** In a text in single quotes of a shell, one such sign ends the text, stands by itself and begins it again. */
const forShell = (text: string) => text.replaceAll("'", String.raw`'\''`)

const curl = ({ url, model, line }: Ask) => `curl ${url}/chat/completions \\
  -H "Authorization: Bearer $FABULA_KEY" \\
  -H "Content-Type: application/json" \\
  -d '${forShell(JSON.stringify({ model, messages: [{ role: 'user', content: line }] }))}'`

const python = ({ url, model, line }: Ask) => `import os
from openai import OpenAI

client = OpenAI(base_url="${url}", api_key=os.environ["FABULA_KEY"])
answer = client.chat.completions.create(
    model=${JSON.stringify(model)},
    messages=[{"role": "user", "content": ${JSON.stringify(line)}}],
)
print(answer.choices[0].message.content)`

const node = ({ url, model, line }: Ask) => `import OpenAI from 'openai'

const client = new OpenAI({ baseURL: '${url}', apiKey: process.env.FABULA_KEY })
const stream = await client.chat.completions.create({
  model: ${JSON.stringify(model)},
  messages: [{ role: 'user', content: ${JSON.stringify(line)} }],
  stream: true,
})
for await (const chunk of stream) process.stdout.write(chunk.choices[0]?.delta?.content ?? '')`

const codeOf = { curl, python, node }

/** A program's call, ready to be run once `FABULA_KEY` is set. */
export const exampleCode = (name: keyof typeof codeOf, ask: Ask): string => codeOf[name](ask)
