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
  /** Whether the answer is shown as it is written. */
  streams: boolean
}

/** In a text in single quotes of a shell, one such sign ends the text, stands by itself and begins it again. */
const forShell = (text: string) => text.replaceAll("'", String.raw`'\''`)

const curl = ({ url, model, line, streams }: Ask) => {
  const body = { model, messages: [{ role: 'user', content: line }], ...(streams ? { stream: true } : {}) }
  return `curl ${streams ? '-N ' : ''}${url}/chat/completions \\
  -H "Authorization: Bearer $FABULA_KEY" \\
  -H "Content-Type: application/json" \\
  -d '${forShell(JSON.stringify(body))}'`
}

const python = ({ url, model, line, streams }: Ask) => `import os
from openai import OpenAI

client = OpenAI(base_url="${url}", api_key=os.environ["FABULA_KEY"])
${streams ? 'stream' : 'answer'} = client.chat.completions.create(
    model=${JSON.stringify(model)},
    messages=[{"role": "user", "content": ${JSON.stringify(line)}}],${streams ? '\n    stream=True,' : ''}
)
${
  streams
    ? `for chunk in stream:
    if chunk.choices:
        print(chunk.choices[0].delta.content or "", end="", flush=True)`
    : 'print(answer.choices[0].message.content)'
}`

const node = ({ url, model, line, streams }: Ask) => `import OpenAI from 'openai'

const client = new OpenAI({ baseURL: '${url}', apiKey: process.env.FABULA_KEY })
const ${streams ? 'stream' : 'answer'} = await client.chat.completions.create({
  model: ${JSON.stringify(model)},
  messages: [{ role: 'user', content: ${JSON.stringify(line)} }],${streams ? '\n  stream: true,' : ''}
})
${
  streams
    ? "for await (const chunk of stream) process.stdout.write(chunk.choices[0]?.delta?.content ?? '')"
    : 'console.log(answer.choices[0]?.message.content)'
}`

const codeOf = { curl, python, node }

/** A program's call, ready to be run once `FABULA_KEY` is set. */
export const exampleCode = (name: keyof typeof codeOf, ask: Ask): string => codeOf[name](ask)
