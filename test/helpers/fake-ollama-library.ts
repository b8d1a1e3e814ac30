import type { FakeOllamaModel } from './fake-ollama-shapes'
import type { Reply, Step } from './fake-server'
import type { Gate } from './gate'
import { ollamaReply } from './ollama-reply'

/** A model that can be pulled. */
export interface LibraryModel extends FakeOllamaModel {
  /** Bytes of each of its files. */
  layers: readonly number[]
  /** The first pull waits here, in the middle of the first file. */
  gate?: Gate
}

/** Pieces that a file comes in. */
const PIECES = 4

const digestOf = (model: string, layer: number) =>
  `sha256:${Buffer.from(`${model}/${layer}`).toString('hex').padEnd(64, '0').slice(0, 64)}`

/** What a fake Ollama has, and what it can pull. Like the real one, it keeps the bytes of a pull that was cut off. */
export class FakeLibrary {
  models: FakeOllamaModel[]
  readonly #library: readonly LibraryModel[]
  readonly #received = new Map<string, number>()
  readonly #passed = new Set<string>()

  constructor(models: readonly FakeOllamaModel[], library: readonly LibraryModel[]) {
    this.models = [...models]
    this.#library = library
  }

  find(name: string): FakeOllamaModel | undefined {
    return this.models.find((one) => one.name === name || one.name === `${name}:latest`)
  }

  remove(model: FakeOllamaModel): void {
    this.models = this.models.filter((one) => one !== model)
  }

  load(model: FakeOllamaModel, context: number): void {
    this.models = this.models.map((one) => (one === model ? { ...one, loaded: true, loadedContext: context } : one))
  }

  pull(name: string): Reply {
    const listed = this.#library.find((one) => one.name === name)
    const wanted = listed ?? this.find(name)
    if (!wanted)
      return ollamaReply.bytes([
        line({ status: 'pulling manifest' }),
        line({ error: 'pull model manifest: file does not exist' }),
      ])
    const gate = this.#passed.has(name) ? undefined : listed?.gate
    this.#passed.add(name)
    return ollamaReply.bytes([
      line({ status: 'pulling manifest' }),
      ...(listed?.layers ?? []).flatMap((total, at) =>
        this.#layer(digestOf(name, at), total, at === 0 ? gate : undefined)
      ),
      line({ status: 'verifying sha256 digest' }),
      line({ status: 'writing manifest' }),
      {
        note: () => {
          if (!this.find(name)) this.models = [...this.models, wanted]
        },
      },
      line({ status: 'success' }),
    ])
  }

  #layer(digest: string, total: number, gate: Gate | undefined): Step[] {
    const status = `pulling ${digest.slice(7, 19)}`
    const steps: Step[] = [line({ status, digest, total })]
    for (let piece = 1; piece <= PIECES; piece += 1) {
      const completed = Math.floor((total * piece) / PIECES)
      if (completed <= (this.#received.get(digest) ?? 0) && piece < PIECES) continue
      steps.push(line({ status, digest, total, completed }), { note: () => void this.#received.set(digest, completed) })
      if (gate && piece === PIECES / 2) steps.push({ wait: gate })
    }
    return steps
  }
}

const line = (value: unknown): string => `${JSON.stringify(value)}\n`
