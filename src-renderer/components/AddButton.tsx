import { IconPlus } from '@tabler/icons-react'
import { IconButton } from './IconButton'

interface Props {
  /** What it makes: "New preset". */
  label: string
  loading?: boolean
  onClick: () => void
}

/** The plus over a list, which adds to it. */
export function AddButton(props: Props) {
  return (
    <IconButton {...props}>
      <IconPlus size={17} stroke={1.6} aria-hidden />
    </IconButton>
  )
}
