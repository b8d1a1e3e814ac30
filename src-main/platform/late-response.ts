/**
 * Stands in for a Response whose body is only made where somebody asks for it. Making one takes longer than all the rest of
 * an answer, and those who know what stands behind it need none.
 */
export class LateResponse implements Response {
  readonly status: number
  readonly statusText = ''
  readonly type = 'default'
  readonly url = ''
  readonly redirected = false
  readonly #makeBody: () => ConstructorParameters<typeof Response>[0]
  readonly #given: Headers | Record<string, string>
  #headers: Headers | null = null
  #made: Response | null = null

  constructor(
    makeBody: () => ConstructorParameters<typeof Response>[0],
    { status, headers }: { status: number; headers: Headers | Record<string, string> }
  ) {
    this.status = status
    this.#given = headers
    this.#makeBody = makeBody
  }

  get headers(): Headers {
    return (this.#headers ??= this.#given instanceof Headers ? this.#given : new Headers(this.#given))
  }

  /** Sets a header whose name is in small letters. */
  setHeader(name: string, value: string): void {
    if (this.#headers === null && !(this.#given instanceof Headers)) this.#given[name] = value
    else this.headers.set(name, value)
  }

  /** The names and values of the headers, for whoever needs no `Headers`. */
  headerPairs(): Iterable<[name: string, value: string]> {
    return this.#headers === null && !(this.#given instanceof Headers) ? Object.entries(this.#given) : this.headers
  }

  get #whole(): Response {
    // Servers answer with numbers of their own, with which a Response cannot be made.
    const status = this.status >= 200 && this.status <= 599 ? this.status : 599
    return (this.#made ??= new Response(this.#makeBody(), { status, headers: this.headers }))
  }

  get ok(): boolean {
    return this.status >= 200 && this.status <= 299
  }

  get body() {
    return this.#whole.body
  }

  get bodyUsed(): boolean {
    return this.#made?.bodyUsed ?? false
  }

  clone() {
    return this.#whole.clone()
  }

  text() {
    return this.#whole.text()
  }

  json() {
    return this.#whole.json()
  }

  arrayBuffer() {
    return this.#whole.arrayBuffer()
  }

  bytes() {
    return this.#whole.bytes()
  }

  blob() {
    return this.#whole.blob()
  }

  formData() {
    return this.#whole.formData()
  }
}

// Whoever asks what an answer is takes it for a Response.
Object.setPrototypeOf(LateResponse.prototype, Response.prototype)

/** Sets a header of any answer, whose name is in small letters, by the shortest way. */
export const setHeader = (response: Response, name: string, value: string): void =>
  response instanceof LateResponse ? response.setHeader(name, value) : response.headers.set(name, value)
