import { parentPort, workerData } from 'node:worker_threads'
import { FabulaError } from '@contract/errors'
import { copyDatabase } from '@main/data/copy-database'
import { openDatabaseForReading } from '@main/data/database'
import { stageBackup } from '@main/data/restored-database'
import { BackupTask, type BackupAnswer } from './backup-tasks'

function work(task: BackupTask): boolean {
  if (task.kind === 'stage') {
    stageBackup(task.backup, task.dataDir)
    return true
  }
  const db = openDatabaseForReading(task.database)
  try {
    return copyDatabase(db, task.file, task.unlessLike)
  } finally {
    db.close()
  }
}

function answer(): BackupAnswer {
  try {
    return { kept: work(BackupTask.parse(workerData)) }
  } catch (error) {
    if (error instanceof FabulaError) return { error: error.toShape() }
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    return { failure: { code, message: error instanceof Error ? error.message : String(error) } }
  }
}

parentPort?.postMessage(answer())
