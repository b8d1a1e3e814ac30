import { Agent, createServer, request } from 'node:http'

// Hands every request on to the address that it is given, and the answer back, and does nothing else: what asking through
// another process takes at least. Says on which port it listens.
const [, , provider = ''] = process.argv
const agent = new Agent({ keepAlive: true, maxSockets: Infinity })

const server = createServer((incoming, response) => {
  const onward = request(`${provider}${incoming.url}`, { method: incoming.method, agent }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, { 'content-type': answer.headers['content-type'] ?? '' })
    answer.pipe(response)
  })
  onward.on('error', () => response.destroy())
  incoming.pipe(onward)
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  console.log(typeof address === 'object' && address ? address.port : 0)
})
