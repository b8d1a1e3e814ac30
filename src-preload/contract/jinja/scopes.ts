import { templateOwnNames } from '../template-language'

/** Names that statements give themselves. `self` and what a loop or a macro knows by itself are always theirs. */
export interface Scopes {
  /** All that were ever given. */
  own: ReadonlySet<string>
  has(name: string): boolean
  bind(names: readonly string[]): void
  /** A statement whose names end with it. */
  open(statement: string): void
  /** One whose names go on behind its end; `after`: those that it gives there. */
  openPlain(statement: string, after?: readonly string[]): void
  /** The second side of an `if`, or of a `for` that found nothing. */
  otherwise(): void
  /** `endfor` without a `for` ends nothing: the engine says so. */
  close(statement: string): void
  outermost(): ReadonlySet<string>
}

interface Open {
  statement: string
  /** Null where names belong to what it stands in. */
  names: Set<string> | null
  after: readonly string[]
}

const always = new Set<string>(templateOwnNames)

/** @param before names that are there from the start */
export function openScopes(before: Iterable<string>): Scopes {
  const outermost = new Set(before)
  const own = new Set([...always, ...outermost])
  const open: Open[] = []
  const bind = (names: readonly string[]) => {
    const scope = open.findLast(({ names: kept }) => kept !== null)?.names ?? outermost
    for (const name of names) {
      scope.add(name)
      own.add(name)
    }
  }
  return {
    own,
    bind,
    has: (name) => always.has(name) || outermost.has(name) || open.some(({ names }) => names?.has(name) === true),
    open: (statement) => void open.push({ statement, names: new Set(), after: [] }),
    openPlain: (statement, after = []) => void open.push({ statement, names: null, after }),
    otherwise: () => {
      const last = open.at(-1)
      if (last?.statement === 'for') last.names?.clear()
    },
    close: (statement) => {
      const at = open.findLastIndex((each) => each.statement === statement)
      if (at < 0) return
      const [closed] = open.splice(at)
      bind(closed?.after ?? [])
    },
    outermost: () => outermost,
  }
}
