import { LateResponse } from '@main/platform/late-response'

/**
 * An answer whose body is there as a whole. `listen` hands its bytes to Node as they are: the body of any other Response
 * goes through a stream first, which takes longer than everything else about a short answer. Where something on the way
 * makes another Response of it, as middleware does, the body goes that way too.
 */
export class WholeResponse extends LateResponse {
  readonly whole: string | Uint8Array<ArrayBuffer>

  constructor(
    whole: string | Uint8Array<ArrayBuffer>,
    { status = 200, headers }: { status?: number; headers: Record<string, string> }
  ) {
    super(() => whole, { status, headers })
    this.whole = whole
  }
}
