import { useMemo, useRef } from 'react'
