import { Button } from '@mantine/core'

interface Props {
  isShown: boolean
  /** What it says while its part is shown, and while it is not. */
  hide: string
  show: string
  onChange: (isShown: boolean) => void
}

/** Shows and hides the part that follows it. */
export function UnfoldButton({ isShown, hide, show, onChange }: Props) {
  return (
    <Button variant="subtle" color="gray" size="compact-sm" aria-expanded={isShown} onClick={() => onChange(!isShown)}>
      {isShown ? hide : show}
    </Button>
  )
}
