import { ActionIcon, Button, Menu, VisuallyHidden } from '@mantine/core'
import { IconGripVertical, IconPlus, IconX } from '@tabler/icons-react'
import { useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Token } from '@contract/entities/token'
import type { TokenId } from '@contract/ids'
import { TokenBadge } from '@renderer/components/TokenBadge'
import { moved } from './reorder'
import classes from './KeyChips.module.css'

interface Props {
  /** All keys of the provider. */
  tokens: readonly Token[]
  chosen: readonly TokenId[]
  onChange: (chosen: TokenId[]) => void
}

/** Keys in order: dragged by the mouse, or moved with the arrow keys on their grip. */
export function KeyChips({ tokens, chosen, onChange }: Props) {
  const { t } = useTranslation('presets')
  const list = useRef<HTMLUListElement>(null)
  const [dragged, setDragged] = useState<TokenId | null>(null)
  const [said, setSaid] = useState('')
  const shown = chosen.flatMap((id) => tokens.find((token) => token.id === id) ?? [])
  const rest = tokens.filter(({ id }) => !chosen.includes(id))

  const move = (id: TokenId, to: number) => {
    const ids = shown.map((token) => token.id)
    const next = moved(ids, ids.indexOf(id), to)
    const place = next.indexOf(id)
    if (place === ids.indexOf(id)) return
    onChange(next)
    setSaid(t('keys.moved', { name: tokens.find((token) => token.id === id)?.name, place: place + 1, of: next.length }))
  }
  const onKeyDown = (event: KeyboardEvent, token: Token, place: number) => {
    const last = shown.length - 1
    const to = {
      ArrowLeft: place - 1,
      ArrowUp: place - 1,
      ArrowRight: place + 1,
      ArrowDown: place + 1,
      Home: 0,
      End: last,
    }[event.key]
    if (to === undefined) return
    event.preventDefault()
    move(token.id, to)
    // The grip moves with its key: the focus must follow it.
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-grip="${token.id}"]`)?.focus())
  }
  return (
    <ul className={classes.chips} ref={list}>
      {shown.map((token, place) => (
        <li key={token.id}>
          <div
            role="presentation"
            className={classes.chip}
            data-dragged={token.id === dragged || undefined}
            draggable
            onDragStart={(event) => {
              event.dataTransfer.effectAllowed = 'move'
              setDragged(token.id)
            }}
            onDragEnd={() => setDragged(null)}
            onDragOver={(event) => {
              if (dragged === null) return
              event.preventDefault()
              if (dragged !== token.id) move(dragged, place)
            }}
            onDrop={(event) => event.preventDefault()}
          >
            <button
              type="button"
              className={classes.grip}
              data-grip={token.id}
              aria-label={t('keys.move', { name: token.name, place: place + 1, of: shown.length })}
              onKeyDown={(event) => onKeyDown(event, token, place)}
            >
              <IconGripVertical size={14} stroke={1.6} aria-hidden />
            </button>
            <TokenBadge token={token} />
            <ActionIcon
              variant="transparent"
              color="gray"
              size="xs"
              aria-label={t('keys.remove', { name: token.name })}
              onClick={() => onChange(chosen.filter((id) => id !== token.id))}
            >
              <IconX size={13} stroke={1.6} />
            </ActionIcon>
          </div>
        </li>
      ))}
      {rest.length > 0 && (
        <li>
          <Menu>
            <Menu.Target>
              {shown.length === 0 ? (
                <Button
                  variant="default"
                  size="compact-sm"
                  radius="xl"
                  leftSection={<IconPlus size={14} stroke={1.6} />}
                >
                  {t('keys.choose')}
                </Button>
              ) : (
                <ActionIcon variant="default" radius="xl" aria-label={t('keys.add')}>
                  <IconPlus size={14} stroke={1.6} />
                </ActionIcon>
              )}
            </Menu.Target>
            <Menu.Dropdown>
              {rest.map((token) => (
                <Menu.Item key={token.id} onClick={() => onChange([...shown.map(({ id }) => id), token.id])}>
                  <TokenBadge token={token} />
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </li>
      )}
      <VisuallyHidden component="li" aria-live="polite">
        {said}
      </VisuallyHidden>
    </ul>
  )
}
