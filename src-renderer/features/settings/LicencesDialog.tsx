import { Modal, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import classes from './LicencesDialog.module.css'

/** Everything that Fabula is made of, each with its terms. */
export function LicencesDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('settings')
  const common = useTranslation('common').t
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('licences.title')}
      size={640}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <Licences />
    </Modal>
  )
}

function Licences() {
  const { t } = useTranslation('settings')
  const licences = useRoute('app.licences', {})
  const [search, setSearch] = useState('')
  if (licences.error) return <ErrorNotice error={licences.error} onRetry={() => void licences.refetch()} />
  if (!licences.data) return <LoadingRows />
  if (licences.data.length === 0) return <p className={classes.line}>{t('licences.none')}</p>
  const wanted = search.trim().toLowerCase()
  const found = licences.data.filter(({ name }) => name.toLowerCase().includes(wanted))
  return (
    <>
      <TextInput
        type="search"
        aria-label={t('licences.search')}
        placeholder={t('licences.search')}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        data-autofocus
      />
      <p className={classes.line} role="status">
        {found.length > 0 ? t('licences.count', { count: found.length }) : t('licences.nothing')}
      </p>
      {found.map(({ name, version, licence, text }) => (
        <details key={`${name} ${version}`} className={classes.package}>
          <summary>
            {name} <span className={classes.version}>{version}</span> · {licence}
          </summary>
          <div className={classes.text}>{text === '' ? t('licences.noText', { licence }) : text}</div>
        </details>
      ))}
    </>
  )
}
