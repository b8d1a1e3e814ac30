import { IconMapPin, IconUser } from '@tabler/icons-react'
import type { PictureHash, WorldEntryKind } from '@contract/entities/world'
import { useRoute } from '@renderer/api/queries'
import classes from './WorldForm.module.css'

/** The picture of an entry, or a sign of its kind. */
export function EntryPicture({ kind, hash, name }: { kind: WorldEntryKind; hash: PictureHash | null; name: string }) {
  return (
    <span className={classes.frame}>
      {hash ? (
        <Shown hash={hash} name={name} />
      ) : kind === 'place' ? (
        <IconMapPin size={22} stroke={1.4} aria-hidden />
      ) : (
        <IconUser size={22} stroke={1.4} aria-hidden />
      )}
    </span>
  )
}

function Shown({ hash, name }: { hash: PictureHash; name: string }) {
  const { data } = useRoute('worlds.picture', { hash })
  return data ? <img src={`data:${data.type};base64,${data.data}`} alt={name} /> : null
}
