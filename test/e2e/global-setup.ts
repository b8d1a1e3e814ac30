import { buildIfStale } from '@main/launch/build'
import { PROJECT_FOLDER } from '@test/helpers/app-process'

/** What is tested here is the built app. */
export default function setup(): Promise<void> {
  return buildIfStale(PROJECT_FOLDER)
}
