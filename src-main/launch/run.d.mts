import type { SpawnOptions } from 'node:child_process'

export interface RunOptions extends Pick<SpawnOptions, 'cwd' | 'env' | 'shell'> {
  /** Takes what the program prints, which then does not go to the terminal by itself. */
  onOutput?: (text: string) => void
}

/** Rejects when the program cannot be started. */
export function run(program: string, args: readonly string[], options?: RunOptions): Promise<number>
