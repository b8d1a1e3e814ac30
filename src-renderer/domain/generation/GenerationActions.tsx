import { Button, Menu } from '@mantine/core'
import { IconArrowBarToDown, IconChevronDown, IconStar, IconStarFilled } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Generation } from '@contract/entities/generation'
import type { StoryId } from '@contract/ids'
import { useCommand } from '@renderer/api/queries'
import { CopyText } from '@renderer/components/CopyText'
import { IconButton } from '@renderer/components/IconButton'
import { notifyError } from '@renderer/components/notify'
import { downloadText } from '@renderer/components/text-files'
import type { GenerationCardProps } from './GenerationCard'
import { copiedText, fileForms, fileOf } from './generation-files'
import { IntoStory } from './IntoStory'
import { OtherModel } from './OtherModel'
import { SendToWorld } from './SendToWorld'
import type { Shape } from './value-shape'
import classes from './GenerationCard.module.css'

interface Props extends Pick<GenerationCardProps, 'onAgain' | 'writing'> {
  generation: Generation
  title: string
  shape: Shape | null
  onEdit: () => void
}

/** Where an answer can go, and how another one is had. */
export function GenerationActions({ generation, title, shape, onEdit, onAgain, writing }: Props) {
  const { t } = useTranslation('generations')
  const { id, state, text } = generation
  const stop = useCommand('generations.stop', { onError: notifyError })
  const favourite = useCommand('generations.favourite', { onError: notifyError })
  const again = useCommand('generations.again', { onError: notifyError })
  if (state === 'running')
    return (
      <div className={classes.actions}>
        <Button variant="default" size="sm" onClick={() => stop.mutate({ id })}>
          {t('action.stop')}
        </Button>
      </div>
    )
  const hasAnswer = text !== '' || generation.value !== null
  const run = (input: Parameters<typeof again.mutate>[0], beside: boolean) =>
    again.mutate(input, { onSuccess: (made) => onAgain?.(made.id, beside) })
  const storyId: StoryId | null = writing?.storyId ?? generation.storyId
  return (
    <div className={classes.actions}>
      {hasAnswer && generation.value !== null && generation.format !== 'text' && state !== 'failed' && (
        <SendToWorld generation={generation} storyId={storyId} />
      )}
      {hasAnswer && writing && (
        <Button
          variant="default"
          size="sm"
          leftSection={<IconArrowBarToDown size={16} stroke={1.6} aria-hidden />}
          onClick={() => writing.take(text)}
        >
          {t('action.intoComposer')}
        </Button>
      )}
      {hasAnswer && generation.format === 'text' && <IntoStory id={id} storyId={storyId} />}
      {hasAnswer && (
        <Button variant="default" size="sm" onClick={onEdit}>
          {t('action.edit')}
        </Button>
      )}
      {onAgain && (
        <Menu position="bottom-start">
          <Menu.Target>
            <Button
              variant="default"
              size="sm"
              loading={again.isPending}
              rightSection={<IconChevronDown size={14} aria-hidden />}
            >
              {t('action.again')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => run({ id, seed: null }, false)}>{t('action.newSeed')}</Menu.Item>
            {generation.seed !== null && (
              <Menu.Item onClick={() => run({ id }, false)}>
                {t('action.sameSeed', { seed: generation.seed })}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
      {onAgain && <OtherModel running={again.isPending} onChoose={(model) => run({ id, model }, true)} />}
      {hasAnswer && <SaveToFile generation={generation} title={title} shape={shape} />}
      {hasAnswer && <CopyText text={copiedText(generation, shape)} />}
      <IconButton
        label={t(generation.favourite ? 'action.notFavourite' : 'action.favourite')}
        onClick={() => favourite.mutate({ id, favourite: !generation.favourite })}
      >
        {generation.favourite ? (
          <IconStarFilled size={17} aria-hidden />
        ) : (
          <IconStar size={17} stroke={1.6} aria-hidden />
        )}
      </IconButton>
    </div>
  )
}

function SaveToFile({ generation, title, shape }: Pick<Props, 'generation' | 'title' | 'shape'>) {
  const { t } = useTranslation('generations')
  const forms = fileForms(generation)
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button variant="subtle" color="gray" size="compact-sm">
          {t('action.save')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {forms.map((form) => (
          <Menu.Item
            key={form}
            onClick={() => {
              const file = fileOf(generation, title, form, shape)
              downloadText(file.name, file.text, file.type)
            }}
          >
            {t(`action.files.${form}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
