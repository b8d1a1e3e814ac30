/** Where the app that is made will look for newer versions. */
export type UpdateSource =
  | { provider: 'github'; owner: string; repo: string }
  | { provider: 'generic'; url: string }
  /** Nowhere: this app does not update itself. */
  | null

/**
 * `FABULA_UPDATES` says it: `github:OWNER/REPOSITORY`, or the address of a folder with the files of a release. On GitHub
 * the repository that builds it is meant.
 *
 * @throws Error with one sentence for whoever builds it
 */
export function updateSource(env: NodeJS.ProcessEnv): UpdateSource {
  const said = env.FABULA_UPDATES || (env.GITHUB_REPOSITORY ? `github:${env.GITHUB_REPOSITORY}` : '')
  if (said === '') return null
  const [, owner, repo] = /^github:([\w.-]+)\/([\w.-]+)$/.exec(said) ?? []
  if (owner !== undefined && repo !== undefined) return { provider: 'github', owner, repo }
  if (/^https?:\/\//.test(said) && URL.canParse(said)) return { provider: 'generic', url: said }
  throw new Error(`FABULA_UPDATES takes github:OWNER/REPOSITORY or an address, and not ${said}`)
}
