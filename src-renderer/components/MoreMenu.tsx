import { ActionIcon, Menu } from '@mantine/core'
import { IconCopy, IconDots, IconFileExport, IconTrash } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Deleting } from './use-delete'

export interface MoreMenuProps {
  /** What the menu is for, for those who hear it: `More for key home`. */
  label: string
  /** Makes a copy of what the menu is for, as its first item. */
  duplicate?: () => void
  /** Writes it to a file. */
  exportToFile?: (() => void) | undefined
  /** `Menu.Item`s. */
  children?: ReactNode
  /** Deletes what the menu is for, as its last item. Without a dialog nothing is asked first. */
  deletion?: Pick<Deleting, 'ask'> & Partial<Pick<Deleting, 'dialog'>>
}

/** The menu behind three dots, of a row or a page. */
export function MoreMenu({ label, duplicate, exportToFile, children, deletion }: MoreMenuProps) {
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
          {duplicate && (
            <Menu.Item leftSection={<IconCopy size={16} stroke={1.6} aria-hidden />} onClick={duplicate}>
              {t('duplicate')}
            </Menu.Item>
          )}
          {exportToFile && (
            <Menu.Item leftSection={<IconFileExport size={16} stroke={1.6} aria-hidden />} onClick={exportToFile}>
              {t('exportToFile')}
            </Menu.Item>
          )}
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
