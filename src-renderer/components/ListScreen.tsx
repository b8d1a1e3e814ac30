import type { ReactNode } from 'react'
import { Redirect } from 'wouter'
import type { FabulaError } from '@contract/errors'
import { ErrorNotice } from './ErrorNotice'
import { LoadingRows } from './LoadingRows'
import { PageHeader } from './PageHeader'
import { TwoColumns } from './TwoColumns'
import { useIsGone } from './use-is-gone'

interface Props<Item extends { id: string }> {
  title: string
  query: {
    data: Item[] | undefined
    error: FabulaError | null
    refetch: (options?: { cancelRefetch: boolean }) => Promise<{ data: Item[] | undefined; isFetching: boolean }>
  }
  /** From the address. */
  openId: string | undefined
  /** The one that is opened when the address names none; the first when absent. */
  first?: (items: readonly Item[]) => Item | undefined
  hrefOf: (id: string) => string
  /** In the bar while there is nothing to list. */
  emptyActions?: ReactNode
  /** What is said then. */
  empty: ReactNode
  children: (shown: Shown<Item>) => { list: ReactNode; page: ReactNode }
}

interface Shown<Item> {
  items: readonly Item[]
  id: string
  /** Undefined for one that was just made and that the list does not know yet. */
  item: Item | undefined
}

/** A screen of things of one kind: all of them at the left, one of them at the right. */
export function ListScreen<Item extends { id: string }>({ title, query, openId, first, ...parts }: Props<Item>) {
  const { data, error } = query
  const isGone = useIsGone(query, openId)
  const bare = (content: ReactNode, actions?: ReactNode) => (
    <>
      <PageHeader title={title}>{actions}</PageHeader>
      {content}
    </>
  )
  if (error) return bare(<ErrorNotice error={error} onRetry={() => void query.refetch()} />)
  if (!data) return bare(<LoadingRows />)
  const usual = first?.(data) ?? data[0]
  if (!usual) return bare(parts.empty, parts.emptyActions)

  const shown = openId !== undefined && !isGone ? openId : usual.id
  const { list, page } = parts.children({ items: data, id: shown, item: data.find(({ id }) => id === shown) })
  return (
    <>
      {shown !== openId && <Redirect to={parts.hrefOf(shown)} replace />}
      <TwoColumns list={list}>{page}</TwoColumns>
    </>
  )
}
