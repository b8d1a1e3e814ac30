import { Button, Text, Title } from '@mantine/core'
import { IconCloud, IconCpu, IconDice5 } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { ModelSettings } from '@contract/entities/model-config'
import { useRoute } from '@renderer/api/queries'
import { useProviders } from '@renderer/domain/use-providers'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { usePreferences } from '@renderer/components/use-preferences'
import { DemoWay } from './DemoWay'
import { KeyWay } from './KeyWay'
import { OllamaWay } from './OllamaWay'
import { useFirstStory } from './use-first-story'
import { useLocalModels } from './use-local-models'
import { Way } from './Way'
import classes from './GuideScreen.module.css'

type WayName = 'ollama' | 'key' | 'demo'

/** From nothing to a story on the screen: who is to write, then the first preset and the first story. */
export function GuideScreen() {
  const { t } = useTranslation('guide')
  const [, navigate] = useLocation()
  const [, change] = usePreferences()
  const providers = useProviders()
  const hasPresets = (useRoute('presets.list', {}).data ?? []).length > 0
  const [chosen, setChosen] = useState<WayName | null>(null)
  const first = useFirstStory()
  const local = useLocalModels(providers.data ?? [])
  const found = local.models.length
  // What was found by itself is offered by itself, until the user opens something else.
  const open = chosen ?? (found > 0 ? 'ollama' : null)

  const begin = async (main: ModelSettings) => {
    const story = await first.begin(main)
    if (story) navigate(`/stories/${story.id}`)
  }
  const skip = () => {
    change({ guideDone: true })
    navigate('/stories')
  }
  const way = (name: WayName) => ({
    name: t(`${name}.title`),
    open: open === name,
    onOpen: () => setChosen(name),
    error: first.error,
  })
  const shared = { onBegin: (main: ModelSettings) => void begin(main), beginning: first.pending }

  return (
    <div className={classes.scroll}>
      <div className={classes.page}>
        <Title order={1} className={classes.title}>
          {t('title')}
        </Title>
        <Text className={classes.lead}>{t('lead')}</Text>
        {hasPresets && (
          <Text c="dimmed" mb={12}>
            {t('again')}
          </Text>
        )}
        {providers.isPending && <LoadingRows rows={3} height={64} />}
        {providers.error && <ErrorNotice error={providers.error} onRetry={() => void providers.refetch()} />}
        {providers.data && (
          <div className={classes.ways}>
            <Way
              {...way('ollama')}
              icon={<IconCpu size={20} stroke={1.5} />}
              help={found > 0 ? t('ollama.found', { count: found }) : t('ollama.help')}
            >
              <OllamaWay local={local} {...shared} />
            </Way>
            <Way {...way('key')} icon={<IconCloud size={20} stroke={1.5} />} help={t('key.help')}>
              <KeyWay providers={providers.data} {...shared} />
            </Way>
            <Way {...way('demo')} icon={<IconDice5 size={20} stroke={1.5} />} help={t('demo.help')}>
              <DemoWay providers={providers.data} {...shared} />
            </Way>
          </div>
        )}
        <div className={classes.foot}>
          <Button variant="subtle" color="gray" onClick={skip}>
            {t('skip')}
          </Button>
          <Text size="sm" c="dimmed">
            {t('skipHelp')}
          </Text>
        </div>
      </div>
    </div>
  )
}
