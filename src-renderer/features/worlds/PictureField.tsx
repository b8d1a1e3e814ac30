import { Button, FileButton } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { CharacterEntry, PersonaEntry, PlaceEntry } from '@contract/entities/world'
import { useCommand } from '@renderer/api/queries'
import { notifyError } from '@renderer/components/notify'
import { EntryPicture } from '@renderer/domain/world-form/EntryPicture'
import forms from '@renderer/domain/world-form/WorldForm.module.css'

/** The picture of an entry; chosen from a file, and taken away again. */
export function PictureField({ entry }: { entry: CharacterEntry | PlaceEntry | PersonaEntry }) {
  const { t } = useTranslation('worlds')
  const client = useQueryClient()
  const { worldId, id, kind, name } = entry
  const { picture } = entry.fields
  const set = useCommand('worlds.setPicture', {
    onSuccess: (changed) => client.setQueryData(['worlds.entry', { worldId, id }], changed),
    onError: notifyError,
  })
  const choose = async (file: File | null) => {
    if (!file) return
    try {
      set.mutate({ worldId, id, data: await base64Of(file) })
    } catch (error) {
      notifyError(error)
    }
  }
  return (
    <div className={forms.picture}>
      <EntryPicture kind={kind} hash={picture} name={name} />
      <div className={forms.pictureActions}>
        <FileButton accept="image/png,image/jpeg,image/webp,image/gif" onChange={(file) => void choose(file)}>
          {(props) => (
            <Button {...props} variant="default" size="xs" loading={set.isPending}>
              {t(picture ? 'picture.change' : 'picture.add')}
            </Button>
          )}
        </FileButton>
        {picture && (
          <Button variant="subtle" color="gray" size="xs" onClick={() => set.mutate({ worldId, id, data: null })}>
            {t('picture.remove')}
          </Button>
        )}
      </div>
    </div>
  )
}

/** The bytes of a file as base64. */
async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const pieces: string[] = []
  for (let at = 0; at < bytes.length; at += 0x8000) pieces.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)))
  return btoa(pieces.join(''))
}
