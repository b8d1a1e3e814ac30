import { outliveUncaughtErrors } from '@main/shells/uncaught-errors'

/** Throws where nothing catches, in both ways there are, and says what was reported. */
const reported: string[] = []
outliveUncaughtErrors(process, { reportUncaught: (error) => reported.push(String(error)) })
setImmediate(() => {
  throw new Error('in a callback')
})
void Promise.reject(new Error('in a promise'))
process.once('beforeExit', () => process.stdout.write(JSON.stringify(reported)))
