/** A place where a scripted server waits until the test lets it go on. */
export interface Gate {
  /** Resolves when the server has come to the gate: everything before it was sent. */
  reached: Promise<void>
  /** Resolves when the gate is open. */
  opened: Promise<void>
  open(): void
  arrive(): void
}

export function createGate(): Gate {
  let open = () => {}
  let arrive = () => {}
  const opened = new Promise<void>((resolve) => (open = resolve))
  const reached = new Promise<void>((resolve) => (arrive = resolve))
  return { reached, opened, open: () => open(), arrive: () => arrive() }
}
