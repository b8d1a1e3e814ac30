import { parentPort, workerData } from 'node:worker_threads'
import { findDamage } from '@main/data/database-check'

parentPort?.postMessage(findDamage(String(workerData)))
