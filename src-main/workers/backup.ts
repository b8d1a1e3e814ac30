import { FabulaError } from '@contract/errors'
import thread from './backup-thread.ts?modulePath'
import { BackupAnswer, type BackupTask } from './backup-tasks'
import { runOnce } from './run-once'

/**
 * Copies the database or a backup in a thread of its own: a large one takes seconds, in which nothing else waits. Resolves with
 * whether a copy was kept. Rejects with the thread's error, which keeps the code that SQLite or the file system gave it.
 */
export async function runBackupTask(task: BackupTask, signal: AbortSignal): Promise<boolean> {
  const answer = BackupAnswer.parse(await runOnce(thread, task, signal))
  if ('error' in answer) throw FabulaError.from(answer.error)
  if ('failure' in answer) throw Object.assign(new Error(answer.failure.message), { code: answer.failure.code })
  return answer.kept
}
