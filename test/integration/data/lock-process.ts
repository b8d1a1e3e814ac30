import { join } from 'node:path'
import { lockFolder } from '@main/data/folder-lock'

/** Takes a data folder in a process of its own, says so, and keeps it until the process is ended. */
const folder = process.argv[2] ?? ''
lockFolder(join(folder, 'in-use.lock'), folder)
process.stdout.write('locked\n')
process.stdin.resume()
