import { ErrorNotice } from '@renderer/components/ErrorNotice'
import type { FaultyFile } from './use-import-files'
import classes from './Files.module.css'

/** Files that cannot be taken in, each with the reason. */
export function FaultyFiles({ files }: { files: readonly FaultyFile[] }) {
  return files.map(({ name, error }, place) => (
    <section key={`${name}/${place}`} aria-label={name} className={classes.faulty}>
      <p className={classes.fileName}>{name}</p>
      <ErrorNotice error={error} />
    </section>
  ))
}
