// The order counts: the page's content policy forbids eval, and zod looks for it when the first schema is made.
import './zod-without-eval'
import './app/boot'
