import { FabulaError, MediaError } from '@contract/errors'
import type { KeptFile, MediaFolder } from '@main/data/media-folder'
import type { Logger } from '@main/platform/logger'
import type { MediaJobs, MediaResult } from '@main/providers/spec/media'
import type { DoneJob, Submitted } from './job-steps'
import type { JobWays } from './job-ways'
import type { Made, Making } from './maker'

interface FilePorts {
  ways: JobWays
  folder: MediaFolder
  logger: Logger
}

/**
 * Fetches what a job made, at once: providers delete it soon. A link that is over by now is asked for once more. The first
 * result is what was asked for; one of the others that cannot be had is not missed.
 */
export async function fetchResults(
  ports: FilePorts,
  making: Making,
  jobs: MediaJobs,
  { ticket, done }: { ticket: Submitted; done: DoneJob }
): Promise<Pick<Made, 'file' | 'further' | 'title'>> {
  const { item, config, signal } = making
  let { results } = done
  const fetchFirst = async (): Promise<KeptFile> => {
    const [result] = results
    if (!result) throw nothingMade(config.provider.name)
    return fetchOne(ports, making, jobs, result)
  }
  const file = await fetchFirst().catch(async (error: unknown) => {
    if (!(error instanceof FabulaError) || error.code !== MediaError.Expired) throw error
    const again = await jobs.look(ports.ways.wayTo(config), ticket.ticket, signal)
    if (again.state !== 'done') throw error
    results = again.results
    return fetchFirst()
  })
  const further: Made['further'] = []
  for (const result of results.slice(1)) {
    try {
      // One after the other, and after the one that was asked for.
      further.push({ file: await fetchOne(ports, making, jobs, result), title: result.title })
    } catch (error) {
      signal.throwIfAborted()
      ports.logger.warn('What came beside a result could not be had', { id: item.id, cause: String(error) })
    }
  }
  return { file, further, title: results[0]?.title ?? null }
}

async function fetchOne(
  { ways, folder }: FilePorts,
  { config, signal, report }: Making,
  jobs: MediaJobs,
  result: MediaResult
): Promise<KeptFile> {
  report({ phase: 'fetching', done: null, words: '' })
  const response = await jobs.fetch(ways.wayTo(config), result, signal)
  const total = Number(response.headers.get('content-length') ?? Number.NaN)
  async function* counted(): AsyncGenerator<Uint8Array> {
    let came = 0
    if (!response.body) return
    for await (const piece of response.body) {
      came += piece.byteLength
      if (total > 0) report({ phase: 'fetching', done: Math.min(1, came / total), words: '' })
      yield piece
    }
  }
  return folder.add(counted(), config.provider.name)
}

const nothingMade = (provider: string) =>
  new FabulaError(MediaError.NotMade, `${provider} says that it is done, and has nothing`, {
    details: { provider, reason: 'no_result' },
  })
