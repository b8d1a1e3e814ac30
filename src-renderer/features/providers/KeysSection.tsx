import { Anchor, Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Provider } from '@contract/entities/provider'
import { useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { SignInButton } from '@renderer/domain/keys/SignInButton'
import { Section } from '@renderer/components/Section'
import rows from '@renderer/components/Rows.module.css'
import { AddKeyForm } from './AddKeyForm'
import { KeyRow } from './KeyRow'
import classes from './KeysSection.module.css'

/** So many are drawn at once: with 200, the page would open a second later. */
const FIRST = 30

/** A provider's keys, and the form for another one: open by itself while there is none. */
export function KeysSection({ provider }: { provider: Provider }) {
  const { t } = useTranslation('providers')
  const [adding, setAdding] = useState(false)
  const [all, setAll] = useState(false)
  const tokens = useRoute('tokens.list', {})
  const own = tokens.data?.filter(({ providerId }) => providerId === provider.id) ?? []
  const formOpen = adding || (tokens.isSuccess && own.length === 0 && provider.keyRequired)
  const { keyUrl } = provider
  return (
    <Section
      title={t('keys.title')}
      text={
        <>
          {t(provider.keyRequired ? 'keys.text' : 'keys.optional')}{' '}
          {keyUrl !== null && (
            <Anchor href={keyUrl} target="_blank" rel="noreferrer" size="sm" underline="always">
              {t('keys.get', { name: provider.name })}
            </Anchor>
          )}
        </>
      }
      actions={
        !formOpen && (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => setAdding(true)}
          >
            {t('keys.add')}
          </Button>
        )
      }
    >
      {tokens.isPending && <LoadingRows rows={2} />}
      {tokens.error && <ErrorNotice error={tokens.error} onRetry={() => void tokens.refetch()} />}
      {own.length > 0 && (
        <ul className={rows.rows}>
          {(all ? own : own.slice(0, FIRST)).map((token) => (
            <KeyRow key={token.id} token={token} />
          ))}
        </ul>
      )}
      {!all && own.length > FIRST && (
        <Button variant="subtle" color="gray" size="xs" onClick={() => setAll(true)}>
          {t('keys.showAll', { shown: String(own.length) })}
        </Button>
      )}
      {provider.signIn && (
        <div className={classes.signIn}>
          <SignInButton provider={provider} size="xs" />
        </div>
      )}
      {formOpen && (
        <AddKeyForm
          provider={provider}
          taken={own.map(({ name }) => name)}
          onDone={() => {
            setAdding(false)
            // The new one is the last.
            setAll(true)
          }}
          {...(own.length > 0 || !provider.keyRequired ? { onCancel: () => setAdding(false) } : {})}
        />
      )}
    </Section>
  )
}
