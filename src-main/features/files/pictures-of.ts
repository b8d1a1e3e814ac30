import { z } from 'zod'
import { PictureHash } from '@contract/entities/world'
import type { FileEntry } from './story-file'

const KeptFiles = z.array(z.object({ hash: PictureHash })).catch([])

/** The pictures of an entry, and the files of the archive that it came in. */
export function picturesOf({ kind, fields, extra }: FileEntry): PictureHash[] {
  const picture = kind === 'lore' ? null : fields.picture
  const files = KeptFiles.parse(extra['files'] ?? []).map(({ hash }) => hash)
  return picture === null ? files : [picture, ...files]
}
