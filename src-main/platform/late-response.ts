/**
 * Stands in for a Response whose body is only made where somebody asks for it. Making one takes longer than all the rest of
 * an answer, and those who know what stands behind it need none.
 */
export class LateResponse implements Response {
  readonly status: number
  readonly headers: Headers
  readonly statusText = ''
  readonly type = 'default'
  readonly url = ''
  readonly redirected = false
  readonly #makeBody: () => ConstructorParameters<typeof Response>[0]
  #made: Response | null = null

  constructor(
    makeBody: () => ConstructorParameters<typeof Response>[0],
    { status, headers }: { status: number; headers: Headers | Record<string, string> }
  ) {
    this.status = status
    this.headers = headers instanceof Headers ? headers : new Headers(headers)
    this.#makeBody = makeBody
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
