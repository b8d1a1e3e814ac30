/** libwebp as @jsquash/webp brings it: its own types are for browsers. */
declare module '@jsquash/webp/codec/enc/webp_enc.js' {
  interface Encoder {
    /** Null where it could not. */
    encode(
      pixels: Uint8ClampedArray,
      width: number,
      height: number,
      options: Readonly<Record<string, number>>
    ): Uint8Array | null
  }
  const open: (options: { noInitialRun: boolean; wasmBinary: Uint8Array }) => Promise<Encoder>
  export default open
}
declare module '@jsquash/webp/meta.js' {
  export const defaultOptions: Readonly<Record<string, number>>
}
