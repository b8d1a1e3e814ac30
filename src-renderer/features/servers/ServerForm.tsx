import { Button, Group, NumberInput, Stack, TextInput } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { NewServer, Server, ServerVerdict } from '@contract/entities/server'
import { request } from '@renderer/api/bridge'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { useVaultGate } from '@renderer/domain/vault/use-vault-gate'
import { AuthFields } from './AuthFields'
import { draftOf, readDraft, type DraftField, type ServerDraft } from './server-draft'
import { VerdictLine } from './VerdictLine'

export interface ServerFormProps {
  /** The server to edit; undefined: a new one. */
  server: Server | undefined
  onSaved: (server: Server) => void
  onCancel: () => void
}

/** Name, address, auth and limit, with a test of the connection before anything is saved. */
export function ServerForm({ server, onSaved, onCancel }: ServerFormProps) {
  const { t } = useTranslation(['servers', 'common'])
  const [draft, setDraft] = useState(() => draftOf(server))
  const [wrong, setWrong] = useState<readonly DraftField[]>([])
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState<'testing' | 'saving' | null>(null)
  const [verdict, setVerdict] = useState<ServerVerdict | null>(null)
  const { openVault, dialog } = useVaultGate()

  const change = (part: Partial<ServerDraft>) => {
    setDraft({ ...draft, ...part })
    setWrong([])
    setVerdict(null)
  }
  const run = async (kind: 'testing' | 'saving', work: () => Promise<void>) => {
    setBusy(kind)
    setError(null)
    try {
      await work()
    } catch (thrown) {
      setError(thrown)
    } finally {
      setBusy(null)
    }
  }
  const test = () => {
    // Without a secret the test says what the server wants.
    const read = readDraft(draft, server, false)
    if ('wrong' in read) return setWrong(read.wrong)
    const { url, auth } = read.input
    void run('testing', async () => {
      setVerdict(null)
      setVerdict(await request('servers.probe', { url, auth, ...(server ? { id: server.id } : {}) }))
    })
  }
  const save = (event: SyntheticEvent) => {
    event.preventDefault()
    const read = readDraft(draft, server, true)
    if ('wrong' in read) return setWrong(read.wrong)
    void run('saving', async () => {
      if (draft.secret !== '' && !(await openVault())) return
      onSaved(
        server ? await request('servers.update', { id: server.id, patch: read.patch }) : await addAndCheck(read.input)
      )
    })
  }

  // The dialog stands beside the form: what is sent in it must not send the form too.
  return (
    <>
      <form onSubmit={save}>
        <Stack gap="md">
          <TextInput
            label={t('form.address')}
            description={t('form.addressHelp')}
            placeholder="http://192.168.1.5:11434"
            value={draft.url}
            spellCheck={false}
            error={wrong.includes('url') && t('form.addressWrong')}
            onChange={(event) => change({ url: event.currentTarget.value })}
            data-autofocus
          />
          <TextInput
            label={t('common:name')}
            placeholder={t('form.namePlaceholder')}
            value={draft.name}
            maxLength={120}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <AuthFields draft={draft} server={server} wrong={wrong} onChange={change} />
          <NumberInput
            label={t('form.limit')}
            description={t('form.limitHelp')}
            placeholder={t('form.noLimit')}
            value={draft.maxConcurrent}
            min={1}
            max={1000}
            allowDecimal={false}
            clampBehavior="strict"
            hideControls
            error={wrong.includes('maxConcurrent') && t('form.limitWrong')}
            onChange={(value) => change({ maxConcurrent: typeof value === 'number' ? value : '' })}
          />
          <VerdictLine verdict={verdict} />
          {error !== null && <ErrorNotice error={error} />}
          <Group justify="space-between" gap="xs">
            <Button
              variant="default"
              loading={busy === 'testing'}
              disabled={draft.url.trim() === '' || busy === 'saving'}
              onClick={test}
            >
              {t('form.test')}
            </Button>
            <Group gap="xs">
              <Button variant="default" onClick={onCancel}>
                {t('common:cancel')}
              </Button>
              <Button type="submit" loading={busy === 'saving'} disabled={draft.url.trim() === ''}>
                {t(server ? 'common:save' : 'common:add')}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
      {dialog}
    </>
  )
}

/** A new server is asked at once; that it does not answer is seen on its page and is no reason not to keep it. */
async function addAndCheck(input: NewServer): Promise<Server> {
  const added = await request('servers.add', input)
  void request('servers.check', { id: added.id }).catch(() => undefined)
  return added
}
