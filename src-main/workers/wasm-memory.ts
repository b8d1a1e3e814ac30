/** The section of a WebAssembly module that says how much memory it begins with. */
const MEMORY_SECTION = 5
/** Where the first section begins: behind the magic number and the version. */
const FIRST_SECTION = 8

/**
 * A WebAssembly module whose memory cannot grow beyond so many pages of 64 KiB. Modules made from Rust name no limit, and
 * would take up to 4 GiB.
 *
 * @see https://webassembly.github.io/spec/core/binary/modules.html#memory-section
 */
export function withLargestMemory(module: Uint8Array, pages: number): Uint8Array<ArrayBuffer> {
  let at = FIRST_SECTION
  while (at < module.length) {
    const size = readNumber(module, at + 1)
    const end = size.end + size.value
    if (module[at] === MEMORY_SECTION) {
      const count = readNumber(module, size.end)
      const least = readNumber(module, count.end + 1)
      if (count.value !== 1 || module[count.end] !== 0) throw new Error('The memory of the module is not as expected')
      const content = [1, 1, ...numberBytes(least.value), ...numberBytes(pages)]
      return joined([
        module.subarray(0, at),
        [MEMORY_SECTION, ...numberBytes(content.length), ...content],
        module.subarray(end),
      ])
    }
    at = end
  }
  throw new Error('The module has no memory of its own')
}

/** An unsigned LEB128 number, and where it ends. */
function readNumber(bytes: Uint8Array, start: number): { value: number; end: number } {
  let value = 0
  for (let index = start, shift = 0; ; index += 1, shift += 7) {
    const byte = bytes[index] ?? 0
    value += (byte & 0x7f) * 2 ** shift
    if (byte < 0x80) return { value, end: index + 1 }
  }
}

function numberBytes(value: number): number[] {
  return value < 0x80 ? [value] : [(value % 0x80) | 0x80, ...numberBytes(Math.floor(value / 0x80))]
}

function joined(parts: readonly ArrayLike<number>[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
