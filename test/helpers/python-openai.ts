import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache')
const packages = join(cache, 'fabula', 'python-openai')

const works = (): boolean => {
  try {
    execFileSync('python3', ['-c', 'import openai'], { env: pythonEnvironment(), stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** The environment of a Python that has OpenAI's package, which `.ci/python-openai` installs. */
export const pythonEnvironment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  PYTHONPATH: packages,
  PYTHONDONTWRITEBYTECODE: '1',
})

/** Whether there is Python with OpenAI's package here. */
export const hasPythonOpenAi: boolean = existsSync(join(packages, 'openai')) && works()
