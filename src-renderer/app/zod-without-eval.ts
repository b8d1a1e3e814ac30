import { z } from 'zod'

// The page's content policy forbids eval, and zod looks for it when the first schema is made: imported before all else.
z.config({ jitless: true })
