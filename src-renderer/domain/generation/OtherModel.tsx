import { Button, Popover } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { choiceKey, type ModelChoice } from '@renderer/domain/model-picker/model-choice'
import { PickerPanel } from '@renderer/domain/model-picker/PickerPanel'
import { rememberModel } from '@renderer/domain/model-picker/recent-models'
import { useModels } from '@renderer/domain/model-picker/use-models'

interface Props {
  running: boolean
  onChoose: (choice: ModelChoice) => void
}

/** The same once more on a model that is chosen here. */
export function OtherModel({ running, onChoose }: Props) {
  const { t } = useTranslation('generations')
  const [opened, setOpened] = useState(false)
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      width={560}
      position="bottom-start"
      shadow="md"
      trapFocus
      returnFocus
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <Button variant="subtle" color="gray" size="compact-sm" loading={running} onClick={() => setOpened(!opened)}>
          {t('action.otherModel')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={t('action.otherModel')}>
        {opened && (
          <Models
            onChoose={(choice) => {
              rememberModel(choiceKey(choice))
              setOpened(false)
              onChoose(choice)
            }}
          />
        )}
      </Popover.Dropdown>
    </Popover>
  )
}

/** All models are asked for when they are to be chosen from, and not before. */
function Models({ onChoose }: Pick<Props, 'onChoose'>) {
  const models = useModels()
  return <PickerPanel models={models} kind="chat" chosen={null} onChoose={onChoose} />
}
