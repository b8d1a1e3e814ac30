/** A thread: the bundler builds the file by itself and gives the path of the result. */
declare module '*?modulePath' {
  const path: string
  export default path
}
