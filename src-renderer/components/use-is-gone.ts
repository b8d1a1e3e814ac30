import { useEffect, useState } from 'react'

type Listed = readonly { id: string }[]

interface ListQuery {
  data: Listed | undefined
  refetch: (options?: { cancelRefetch: boolean }) => Promise<{ data: Listed | undefined; isFetching: boolean }>
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
    const left = new AbortController()
    const isOpen = () => !left.signal.aborted
    const look = async () => {
      let read = await refetch()
      // A change that main told of meanwhile has put another question in the place of this one.
      while (isOpen() && read.isFetching && !has(read.data, id)) read = await refetch({ cancelRefetch: false })
      if (isOpen() && !has(read.data, id)) setGone(id)
    }
    void look()
    return () => left.abort()
  }, [isUnknown, id, refetch])
  return isUnknown && gone === id
}

const has = (list: Listed | undefined, id: string) => list?.some((one) => one.id === id) === true
