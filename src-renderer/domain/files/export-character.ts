import type { CharacterEntry } from '@contract/entities/world'
import type { RouteInput } from '@contract/routes'
import { request } from '@renderer/api/bridge'
import { bytesOfBase64, downloadBytes } from '@renderer/components/text-files'

export type CardForm = RouteInput<'files.exportCharacter'>['form']
export type CardLore = NonNullable<RouteInput<'files.exportCharacter'>['lore']>

const types: Record<CardForm, string> = {
  png: 'image/png',
  json: 'application/json',
  charx: 'application/zip',
}

/** Gives the user a character as a card. */
export async function exportCharacter(asked: { entry: CharacterEntry; form: CardForm; lore: CardLore }): Promise<void> {
  const { entry, form, lore } = asked
  const { worldId, id, fields } = entry
  const picture = form === 'png' && fields.picture !== null ? await asPng(fields.picture) : null
  const { fileName, data } = await request('files.exportCharacter', {
    worldId,
    id,
    form,
    lore,
    ...(picture === null ? {} : { picture }),
  })
  downloadBytes(fileName, bytesOfBase64(data), types[form])
}

/** Only a PNG can carry a card: another picture is drawn as one. Null where it is a PNG already. */
async function asPng(hash: NonNullable<CharacterEntry['fields']['picture']>): Promise<string | null> {
  const { type, data } = await request('worlds.picture', { hash })
  if (type === 'image/png') return null
  const image = await createImageBitmap(new Blob([bytesOfBase64(data)], { type }))
  const canvas = document.createElement('canvas')
  canvas.width = image.width
  canvas.height = image.height
  canvas.getContext('2d')?.drawImage(image, 0, 0)
  image.close()
  const url = canvas.toDataURL('image/png')
  return url.slice(url.indexOf(',') + 1)
}
