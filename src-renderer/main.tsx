import { z } from 'zod'

// The page's content policy forbids eval, and zod looks for it when the first schema is made. So the app, with all its
// schemas, is loaded only after zod was told: a static import could be evaluated earlier.
z.config({ jitless: true })
await import('./app/boot')
