/**
 * The body of a request as text; null when it is larger than `mostBytes`, of which no more than that is then read. An answer
 * to it may be sent at once: what the client still sends is thrown away, and the connection closed if that takes long.
 */
export async function readText(request: Request, mostBytes: number): Promise<string | null> {
  const announced = request.headers.get('content-length')
  // Node reads no more of a body than its head announced.
  if (announced !== null && !request.headers.has('transfer-encoding'))
    return Number(announced) > mostBytes ? null : request.text()
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = request.body?.getReader()
  for (let read = await reader?.read(); read?.done === false; read = await reader?.read()) {
    length += read.value.length
    if (length > mostBytes) return null
    chunks.push(read.value)
  }
  return Buffer.concat(chunks).toString('utf8')
}
