import { Popover, TextInput, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconSearch } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import type { RowOrder } from './MovableRows'
import { SideListReorder } from './SideListReorder'
import { SideListRows, type SideListItem } from './SideListRows'
import classes from './SideList.module.css'

interface Props {
  /** What the list holds, which is also the screen's name: "Presets". */
  label: string
  items: readonly SideListItem[]
  openId: string | undefined
  searchLabel: string
  /** Said when no item has the words: one short sentence. */
  nothing: string
  /** How the order is changed, where it means something. */
  order?: RowOrder
  /** Under the list. */
  hint?: string
  /** What can be done with the list. */
  actions: ReactNode
}

/** More items than this get a search field. */
const SEARCH_FROM = 12

/** The list at the left of a screen; a button that opens it where there is no room. */
export function SideList(props: Props) {
  const [opened, setOpened] = useState(false)
  const open = props.items.find(({ id }) => id === props.openId)
  return (
    <div className={classes.root}>
      <div className={classes.head}>
        <h1 className={classes.title}>{props.label}</h1>
        <div className={classes.actions}>{props.actions}</div>
      </div>
      <nav className={classes.list} aria-label={props.label}>
        <Searched {...props} />
      </nav>
      <div className={classes.menu}>
        <Popover
          opened={opened}
          onChange={setOpened}
          width={320}
          position="bottom-start"
          shadow="md"
          trapFocus
          returnFocus
        >
          <Popover.Target>
            <UnstyledButton
              className={classes.button}
              aria-label={`${props.label}: ${open?.name ?? ''}`}
              onClick={() => setOpened(!opened)}
            >
              <span className={classes.name}>{open?.name ?? props.label}</span>
              <IconChevronDown size={16} stroke={1.6} aria-hidden />
            </UnstyledButton>
          </Popover.Target>
          <Popover.Dropdown p={0} aria-label={props.label}>
            <div className={classes.dropdown}>{opened && <Searched {...props} onOpen={() => setOpened(false)} />}</div>
          </Popover.Dropdown>
        </Popover>
      </div>
    </div>
  )
}

function Searched({ items, openId, searchLabel, nothing, order, hint, onOpen }: Props & { onOpen?: () => void }) {
  const [text, setText] = useState('')
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const opening = onOpen ? { onOpen } : {}
  const found = words.length === 0 ? items : items.filter((item) => has(item, words))
  return (
    <>
      {items.length > SEARCH_FROM && (
        <TextInput
          className={classes.search}
          size="xs"
          aria-label={searchLabel}
          placeholder={searchLabel}
          leftSection={<IconSearch size={14} stroke={1.6} />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      {found.length === 0 && words.length > 0 && <p className={classes.nothing}>{nothing}</p>}
      {order && found.length === items.length && items.length > 1 ? (
        <SideListReorder items={items} openId={openId} order={order} {...opening} />
      ) : (
        <SideListRows items={found} openId={openId} {...opening} />
      )}
      {hint !== undefined && <p className={classes.hint}>{hint}</p>}
    </>
  )
}

const has = ({ name, facts }: SideListItem, words: readonly string[]) => {
  const text = [name, ...facts].join(' ').toLowerCase()
  return words.every((word) => text.includes(word))
}
