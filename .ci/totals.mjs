// Prints the line that ends the output of `.ci/run`, from vitest's JSON report, and fails unless tests ran and all passed.
import { existsSync, readFileSync } from 'node:fs'

const NOTHING = {
  success: false,
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [],
}
const [, , path] = process.argv
// No report is written when the app cannot be built.
const report = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : NOTHING
const passed = report.numPassedTests
// A file that cannot even be loaded has no tests to fail, but it has failed.
const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
const failed = report.numFailedTests + broken.length
const skipped = report.numPendingTests + report.numTodoTests

console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
if (passed === 0 || failed > 0 || !report.success) process.exitCode = 1
