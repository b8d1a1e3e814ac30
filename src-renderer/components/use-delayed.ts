import { useEffect, useState } from 'react'

/** True once `ms` have passed since the component appeared: what is quicker needs no skeleton. */
export function useDelayed(ms = 300): boolean {
  const [passed, setPassed] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setPassed(true), ms)
    return () => clearTimeout(timer)
  }, [ms])
  return passed
}
