import { Chip, Group, Loader, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelSettings } from '@contract/entities/model-config'
import type { Provider } from '@contract/entities/provider'
import { useCommand, useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { SignInButton } from '@renderer/domain/keys/SignInButton'
import { ModelChoice } from './ModelChoice'
import { OwnAddress } from './OwnAddress'
import { PasteKey } from './PasteKey'
import type { WayContentProps } from './way-props'

const OTHER = 'other'

/** A provider with a key, or any compatible address: first the key, checked live, then a model. */
export function KeyWay({ providers, onBegin, beginning }: WayContentProps) {
  const { t } = useTranslation('guide')
  const offered = providers.filter(
    ({ builtIn, keyRequired, kinds }) => builtIn && keyRequired && kinds.includes('chat')
  )
  const [slug, setSlug] = useState(offered[0]?.slug ?? OTHER)
  const [own, setOwn] = useState<Provider | null>(null)
  const provider = slug === OTHER ? own : (offered.find((candidate) => candidate.slug === slug) ?? null)
  return (
    <>
      <Chip.Group value={slug} onChange={setSlug}>
        <Group gap={8} role="radiogroup" aria-label={t('key.provider')}>
          {[...offered, { slug: OTHER, name: t('key.other') }].map(({ slug: value, name }) => (
            <Chip key={value} size="sm" variant="outline" value={value}>
              {name}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      {provider ? (
        <KeyThenModel key={provider.id} provider={provider} onBegin={onBegin} beginning={beginning} />
      ) : (
        <OwnAddress onAdded={setOwn} />
      )}
    </>
  )
}

interface KeyThenModelProps {
  provider: Provider
  onBegin: (main: ModelSettings) => void
  beginning: boolean
}

function KeyThenModel({ provider, onBegin, beginning }: KeyThenModelProps) {
  const { t } = useTranslation('guide')
  const tokens = useRoute('tokens.list', {})
  const models = useRoute('models.list', { providerId: provider.id })
  const refresh = useCommand('models.refresh')
  const own = tokens.data?.filter(({ providerId, needsKey }) => providerId === provider.id && !needsKey) ?? []
  const chat = models.data?.filter(({ kind, available, enabled }) => kind === 'chat' && available && enabled) ?? []
  const askModels = () => refresh.mutate({ providerId: provider.id })
  if (!tokens.isSuccess || !models.isSuccess) return null
  if (own.length === 0 && provider.keyRequired) {
    return (
      <>
        {provider.signIn && (
          <>
            <SignInButton provider={provider} onDone={askModels} />
            <Text c="dimmed">{t('key.or')}</Text>
          </>
        )}
        <PasteKey provider={provider} onAdded={askModels} />
      </>
    )
  }
  if (refresh.isPending) {
    return (
      <Group gap="xs">
        <Loader size={14} color="gray" />
        <Text c="dimmed">{t('key.asking', { name: provider.name })}</Text>
      </Group>
    )
  }
  return (
    <>
      {own.length > 0 && <Text c="dimmed">{t('key.have', { count: own.length, name: own[0]?.name ?? '' })}</Text>}
      {refresh.error && <ErrorNotice error={refresh.error} onRetry={askModels} />}
      <ModelChoice
        // A list that has come replaces the field in which the name would be typed.
        key={chat.length === 0 ? 'typed' : 'listed'}
        models={chat}
        beginning={beginning}
        onBegin={(model) =>
          onBegin({
            providerId: provider.id,
            model,
            ...(own.length > 0 ? { tokenIds: own.map(({ id }) => id) } : {}),
          })
        }
      />
    </>
  )
}
