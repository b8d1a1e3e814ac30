import { useEffect, useState } from 'react'

type Listed = readonly { id: string }[]

interface ListQuery {
  data: Listed | undefined
  refetch: () => Promise<{ data: Listed | undefined }>
}

/**
 * Whether there is nothing of this id, as an address may name it. A list that does not know it is read again before that is
 * said: something that was just made may be opened before the list has heard of it.
 */
export function useIsGone({ data, refetch }: ListQuery, id: string | undefined): boolean {
  const [gone, setGone] = useState<string>()
  const isUnknown = id !== undefined && data !== undefined && !has(data, id)
  useEffect(() => {
    if (!isUnknown) return
    let isLeft = false
    const look = async () => {
      const read = await refetch()
      if (!isLeft && !has(read.data, id)) setGone(id)
    }
    void look()
    return () => {
      isLeft = true
    }
  }, [isUnknown, id, refetch])
  return isUnknown && gone === id
}

const has = (list: Listed | undefined, id: string) => list?.some((one) => one.id === id) === true
