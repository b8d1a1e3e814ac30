import { ActionIcon, Tooltip } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'

interface Props {
  /** What it makes: "New preset". */
  label: string
  loading?: boolean
  onClick: () => void
}

/** The plus over a list, which adds to it. */
export function AddButton({ label, loading = false, onClick }: Props) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" size={30} aria-label={label} loading={loading} onClick={onClick}>
        <IconPlus size={17} stroke={1.6} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}
