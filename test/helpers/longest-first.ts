import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files of end-to-end tests that take the longest, with which those runs begin: the last of them would keep one core idle. */
const LONGEST = ['accessibility', 'media', 'story-of-roles', 'packaged', 'troubles', 'configuration', 'templates']

const rank = ({ moduleId }: TestSpecification): number => {
  const at = LONGEST.findIndex((name) => moduleId.endsWith(`/test/e2e/${name}.test.ts`))
  return at < 0 ? LONGEST.length : at
}

/** The order of vitest, which goes by the size of files that it has not run yet, but for those that are known to be long. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usualOrder = super.sort.bind(this)
    const sorted = await usualOrder(files)
    const groupOf = ({ project }: TestSpecification) => project.config.sequence.groupOrder
    return sorted.toSorted((a, b) => groupOf(a) - groupOf(b) || rank(a) - rank(b))
  }
}
