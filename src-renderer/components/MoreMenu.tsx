import { ActionIcon, Menu } from '@mantine/core'
import { IconDots, IconTrash } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Deleting } from './use-delete'

export interface MoreMenuProps {
  /** What the menu is for, for those who hear it: `More for key home`. */
  label: string
  /** `Menu.Item`s. */
  children: ReactNode
  /** Deletes what the menu is for, as its last item. */
  deletion?: Deleting
}

/** The menu behind three dots, of a row or a page. */
export function MoreMenu({ label, children, deletion }: MoreMenuProps) {
  const { t } = useTranslation('common')
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={30} aria-label={label}>
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {children}
          {deletion && (
            <>
              <Menu.Divider />
              <Menu.Item leftSection={<IconTrash size={16} stroke={1.6} aria-hidden />} onClick={deletion.ask}>
                {t('delete')}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {deletion?.dialog}
    </>
  )
}
