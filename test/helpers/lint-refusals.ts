import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { z } from 'zod'

const Report = z.object({
  diagnostics: z.array(
    z.object({
      code: z.string().optional(),
      filename: z.string(),
      labels: z.array(z.object({ span: z.object({ line: z.number() }) })).min(1),
    })
  ),
})

/** What oxlint refuses in a folder by one of its rules, as `file:line`. */
export async function lintRefusals(root: string, rule: string): Promise<Set<string>> {
  const oxlint = join(import.meta.dirname, '../../node_modules/oxlint/bin/oxlint')
  const text = await new Promise<string>((done) => {
    // Lint ends with an error code when it finds something, as it must here.
    execFile(process.execPath, [oxlint, '--format=json'], { cwd: root }, (_, stdout) => done(stdout))
  })
  const { diagnostics } = Report.parse(JSON.parse(text))
  return new Set(
    diagnostics
      .filter(({ code }) => code === `eslint(${rule})`)
      .flatMap(({ filename, labels }) => labels.map(({ span }) => `${filename}:${span.line}`))
  )
}
