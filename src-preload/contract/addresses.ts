/** Whether the host of an address is this computer: localhost and names below it (RFC 6761), 127.0.0.0/8 or ::1. */
export function isLoopback(address: string): boolean {
  const host = new URL(address).hostname.replace(/\.$/, '')
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d+){3}$/.test(host)
}
