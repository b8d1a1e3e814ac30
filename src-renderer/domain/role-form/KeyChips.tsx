import { ActionIcon, Button, Menu, VisuallyHidden } from '@mantine/core'
import { IconGripVertical, IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Token } from '@contract/entities/token'
import type { TokenId } from '@contract/ids'
import { TokenBadge } from '@renderer/domain/TokenBadge'
import { useReorder } from '@renderer/components/use-reorder'
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
  const shown = chosen.flatMap((id) => tokens.find((token) => token.id === id) ?? [])
  const rest = tokens.filter(({ id }) => !chosen.includes(id))
  const order = useReorder({
    ids: shown.map(({ id }) => id),
    onMove: onChange,
    say: (id, place, of) => t('keys.moved', { name: tokens.find((token) => token.id === id)?.name, place, of }),
  })
  return (
    <ul className={classes.chips} data-reorder>
      {shown.map((token, place) => (
        <li key={token.id}>
          <div role="presentation" className={classes.chip} {...order.item(token.id)}>
            <button
              type="button"
              className={classes.grip}
              aria-label={t('keys.move', { name: token.name, place: place + 1, of: shown.length })}
              {...order.grip(token.id)}
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
            <Menu.Dropdown className={classes.menu}>
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
        {order.said}
      </VisuallyHidden>
    </ul>
  )
}
