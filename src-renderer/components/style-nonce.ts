/** What a style tag must carry to count, by the content security policy of the page. */
export const styleNonce = () => document.querySelector<HTMLMetaElement>('meta[name="fabula-nonce"]')?.content ?? ''
