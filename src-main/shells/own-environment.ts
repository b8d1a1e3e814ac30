/**
 * The environment as Fabula reads it. The master key is taken out of the process: programs that are started from here on,
 * such as a browser for a link, must not inherit it.
 */
export function takeEnvironment(): NodeJS.ProcessEnv {
  const environment = { ...process.env }
  delete process.env['FABULA_VAULT_KEY']
  return environment
}
