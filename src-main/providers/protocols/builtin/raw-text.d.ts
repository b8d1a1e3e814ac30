/** A file as the text that it is: the bundler takes it in. */
declare module '*?raw' {
  const text: string
  export default text
}
