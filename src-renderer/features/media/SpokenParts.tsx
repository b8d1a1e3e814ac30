import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SpokenPart } from '@contract/entities/media'
import type { StageView } from '@contract/entities/stage'
import { ProviderId, WorldEntryId, type StoryId } from '@contract/ids'
import { stringOf } from '@contract/json'
import { useCommand, useRoute } from '@renderer/api/queries'
import { notifyError } from '@renderer/components/notify'
import { Unfolding } from '@renderer/components/Unfolding'
import { voicesOf } from '@renderer/domain/media/use-stage-sentence'
import { SearchSelect } from '@renderer/domain/media/SearchSelect'
import { useCharacters } from './use-characters'
import classes from './Make.module.css'

/** Parts that are shown one by one; of a longer text, the first ones. */
const MOST = 200
const NARRATOR = 'narrator'
/** Never asked for. */
const NO_PROVIDER = ProviderId.parse('00000000-0000-7000-8000-000000000000')

interface Props {
  stage: StageView
  storyId: StoryId | null
  text: string
  parts: readonly SpokenPart[]
  onChange: (parts: SpokenPart[]) => void
}

/** Who says what in a text and with which voice; both can be corrected. A character's voice is kept for the next time. */
export function SpokenParts({ stage, storyId, text, parts, onChange }: Props) {
  const { t } = useTranslation('media')
  const characters = useCharacters(storyId)
  const providerId = stage.choice?.providerId
  const kept = useRoute(
    'media.voices',
    { providerId: providerId ?? NO_PROVIDER },
    { enabled: providerId !== undefined }
  )
  const keep = useCommand('media.setVoice', { onError: notifyError })
  const voices = voicesOf(stage)
  if (parts.length === 0 || characters.length === 0 || !providerId) return null
  const nameOf = (id: WorldEntryId | null) =>
    id === null ? t('parts.narrator') : (characters.find((one) => one.id === id)?.name ?? t('parts.somebody'))
  const usual = stringOf(stage.choice?.settings['voice']) ?? stage.choice?.model ?? null
  const voiceFor = (id: WorldEntryId | null) => kept.data?.find(({ entryId }) => entryId === id)?.voice ?? null
  const speakers = [...new Set(parts.map(({ entryId }) => entryId))]
  const giveVoice = (entryId: WorldEntryId | null, voice: string | null) => {
    if (entryId !== null) keep.mutate({ entryId, providerId, voice })
    onChange(parts.map((part) => (part.entryId === entryId ? { ...part, voice } : part)))
  }
  const giveTo = (index: number, value: string) => {
    const entryId = WorldEntryId.safeParse(value).data ?? null
    const voice = parts.find((part) => part.entryId === entryId)?.voice ?? voiceFor(entryId)
    onChange(parts.map((part, at) => (at === index ? { ...part, entryId, voice } : part)))
  }
  return (
    <fieldset className={classes.parts}>
      <legend className={classes.legend}>{t('parts.title')}</legend>
      {voices.length > 0 &&
        speakers.map((id) => (
          <div key={id ?? NARRATOR} className={classes.speaker}>
            <span className={classes.who}>{nameOf(id)}</span>
            <SearchSelect
              size="xs"
              aria-label={t('parts.voiceOf', { name: nameOf(id) })}
              data={voices.map((one) => ({ value: one.id, label: one.name }))}
              value={parts.find(({ entryId }) => entryId === id)?.voice ?? null}
              placeholder={voices.find((one) => one.id === usual)?.name ?? t('form.anyVoice')}
              clearable
              onChange={(voice) => giveVoice(id, voice)}
            />
          </div>
        ))}
      <Unfolding label={t('parts.show', { count: parts.length })}>
        <ol className={classes.partList}>
          {parts.slice(0, MOST).map((part, index) => (
            <li key={part.from} className={classes.part}>
              <NativeSelect
                size="xs"
                aria-label={t('parts.whoSays', { number: index + 1 })}
                value={part.entryId ?? NARRATOR}
                data={[
                  { value: NARRATOR, label: t('parts.narrator') },
                  ...characters.map(({ id, name }) => ({ value: id, label: name })),
                ]}
                onChange={(event) => giveTo(index, event.currentTarget.value)}
              />
              <span className={classes.said}>{text.slice(part.from, part.to).trim()}</span>
            </li>
          ))}
        </ol>
        {parts.length > MOST && <p className={classes.help}>{t('parts.first', { count: MOST })}</p>}
      </Unfolding>
    </fieldset>
  )
}
