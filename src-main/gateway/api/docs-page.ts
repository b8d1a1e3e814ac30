import { createHash } from 'node:crypto'
import { html, raw } from 'hono/html'
import { answerSchemas, requestSchemas } from './api-schema'
import { docsStyle } from './docs-style'
import { inCode, schemaLink, schemaText, typeText } from './docs-schema'
import { failuresOf, failureTexts, namedSchemas, parametersOf } from './openapi-document'
import type { DescribedOperation } from './operation'

/** Nothing is loaded, run, framed or sent: the page is text and one style. */
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(docsStyle).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

export const docsHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

/** The document of the API as a page to read. */
export async function docsPage(operations: readonly DescribedOperation[], version: string): Promise<string> {
  const tags = [...new Set(operations.map(({ tag }) => tag))]
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Fabula API</title>
        ${raw(`<style>${docsStyle}</style>`)}
      </head>
      <body>
        <nav aria-label="Contents">
          <p class="name"><a href="#top">Fabula API</a></p>
          ${tags.map(
            (tag) =>
              html`<h2>${tag}</h2>
                <ul>
                  ${operations
                    .filter((one) => one.tag === tag)
                    .map((one) => html`<li><a href="#${one.id}">${one.summary}</a></li>`)}
                </ul>`
          )}
          <h2><a href="#failures">Failures</a></h2>
          <h2><a href="#schemas">Schemas</a></h2>
        </nav>
        <main id="top">
          <h1>Fabula API</h1>
          <p>
            Version ${version}. The models that you have set up in Fabula, by OpenAI’s API below <code>/v1</code>;
            servers, models, templates and usage below <code>/api</code>. The same as a document for programs:
            <a href="/openapi.json">openapi.json</a> (OpenAPI 3.1).
          </p>
          <p>
            Send a key with each request: <code>Authorization: Bearer fab-…</code>. You make keys in Fabula, under
            Gateway. What is below <code>/api</code> needs a key that may manage Fabula.
          </p>
          ${tags.map(
            (tag) =>
              html`<h2>${tag}</h2>
                ${operations.filter((one) => one.tag === tag).map(operationText)}`
          )}
          <h2 id="failures">Failures</h2>
          <p>All have the shape of ${schemaLink('Error')}.</p>
          <dl>
            ${Object.entries(failureTexts).map(
              ([status, text]) =>
                html`<dt id="failure-${status}">${status}</dt>
                  <dd>${inCode(text)}</dd>`
            )}
          </dl>
          <h2 id="schemas">Schemas</h2>
          ${Object.entries(namedSchemas()).map(
            ([id, schema]) =>
              html`<section id="schema-${id}">
                <h3>${id}</h3>
                ${schemaText(schema)}
              </section>`
          )}
        </main>
      </body>
    </html>`
  return String(await page)
}

function operationText(one: DescribedOperation) {
  const { id, method, path, summary, description, success, otherSuccess, bodySchema, example, isOpen } = one
  const body = bodySchema ? requestSchemas.get(bodySchema)?.id : undefined
  const statuses = failuresOf(one)
  const answers = [success, ...(otherSuccess ? [otherSuccess] : [])]
  return html`<section id="${id}">
    <h3>${summary}</h3>
    <p class="address"><span class="method">${method}</span> <code>${path}</code></p>
    ${description === undefined ? '' : html`<p>${inCode(description)}</p>`} ${isOpen ? html`<p>Needs no key.</p>` : ''}
    ${parametersText('In the path', one.pathSchema)} ${parametersText('Parameters', one.querySchema)}
    ${
      body === undefined
        ? ''
        : html`<h4>Body</h4>
            <p>${schemaLink(body)}</p>
            ${example === undefined ? '' : html`<pre tabindex="0">${JSON.stringify(example, null, 2)}</pre>`}`
    }
    <h4>Answers</h4>
    <dl>
      ${answers.map((answer) => {
        const schema = answer.schema ? answerSchemas.get(answer.schema)?.id : undefined
        return html`<dt>${answer.status}</dt>
          <dd>${answer.description} ${schema === undefined ? '' : schemaLink(schema)}</dd>`
      })}
    </dl>
    ${
      statuses.length === 0
        ? ''
        : html`<p class="failures">
            Failures: ${statuses.map((status) => html`<a href="#failure-${status}">${status}</a> `)}
          </p>`
    }
  </section>`
}

function parametersText(title: string, schema: DescribedOperation['pathSchema']) {
  const parameters = parametersOf(schema, 'query')
  if (parameters.length === 0) return ''
  return html`<h4>${title}</h4>
    <dl>
      ${parameters.map(
        ({ name, description, schema: type }) =>
          html`<dt><code>${name}</code> ${typeText(type)}</dt>
            <dd>${inCode(description ?? '')}</dd>`
      )}
    </dl>`
}
