import { STEM_TOKENIZER } from '@main/words/full-text'
import { wordsOf } from '@main/words/words'

/** A file of another version is thrown away and made anew: raise it with any change of the schema, of chunks or of stems. */
export const INDEX_VERSION = 4

/** A stem as it stands in the index of a story. */
export const termOf = (story: number, stem: string): string => `${story}q${stem}`

/** The terms of a chunk, in order. */
export const termsOf = (story: number, text: string): string =>
  wordsOf(text)
    .map(({ stem }) => termOf(story, stem))
    .join(' ')

/**
 * What memory finds passages by. Nothing here is the writer's work: all of it can be made again from the database.
 *
 * - `passages.revision`: the one at which it was taken up. `passages.digest`, `chunks.digest`: of the text, to see what
 *   changed.
 * - `passages.slight`: it is a line that is recalled only if it is pinned (`slight-line.ts`).
 * - `chunks.start`, `chunks.end`: in the passage's text, UTF-16 units.
 * - `chunk_words.stems`: each with the number of its story before it (`termOf`), so that a search stays within a story, and a
 *   word is as rare as it is there. The table keeps what it was given: a contentless one would leave deleted words in its
 *   file.
 * - `embedders.identity`: all that a vector depends on but the text. A chunk has one vector at most, of the embedder
 *   `chunks.embedder`; 0 where it has none.
 * - `tallies`: how many chunks of a story have a vector of an embedder, kept by triggers: counting 50,000 takes 50 ms.
 */
export const INDEX_SCHEMA = `
CREATE TABLE stories (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  passages INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE passages (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  story INTEGER NOT NULL REFERENCES stories (seq) ON DELETE CASCADE,
  revision INTEGER NOT NULL,
  slight INTEGER NOT NULL,
  digest BLOB NOT NULL
) STRICT;
CREATE INDEX passages_by_story ON passages (story, id, revision);
CREATE TRIGGER passages_insert AFTER INSERT ON passages BEGIN
  UPDATE stories SET passages = passages + 1 WHERE seq = new.story;
END;
CREATE TRIGGER passages_delete AFTER DELETE ON passages BEGIN
  UPDATE stories SET passages = passages - 1 WHERE seq = old.story;
END;
CREATE TABLE chunks (
  id INTEGER PRIMARY KEY,
  passage INTEGER NOT NULL REFERENCES passages (seq) ON DELETE CASCADE,
  story INTEGER NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  digest BLOB NOT NULL,
  embedder INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX chunks_by_passage ON chunks (passage);
CREATE INDEX chunks_by_embedder ON chunks (story, embedder);
CREATE TABLE tallies (
  story INTEGER NOT NULL,
  embedder INTEGER NOT NULL,
  chunks INTEGER NOT NULL,
  PRIMARY KEY (story, embedder)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tallies_insert AFTER INSERT ON chunks BEGIN
  INSERT INTO tallies VALUES (new.story, new.embedder, 1) ON CONFLICT DO UPDATE SET chunks = chunks + 1;
END;
CREATE TRIGGER tallies_update AFTER UPDATE OF embedder ON chunks WHEN new.embedder <> old.embedder BEGIN
  UPDATE tallies SET chunks = chunks - 1 WHERE story = old.story AND embedder = old.embedder;
  INSERT INTO tallies VALUES (new.story, new.embedder, 1) ON CONFLICT DO UPDATE SET chunks = chunks + 1;
END;
CREATE TRIGGER tallies_delete AFTER DELETE ON chunks BEGIN
  UPDATE tallies SET chunks = chunks - 1 WHERE story = old.story AND embedder = old.embedder;
END;

CREATE VIRTUAL TABLE chunk_words
  USING fts5 (stems, tokenize = "${STEM_TOKENIZER}");
INSERT INTO chunk_words (chunk_words, rank) VALUES ('secure-delete', 1);
CREATE VIRTUAL TABLE chunk_terms USING fts5vocab (chunk_words, 'row');
CREATE TRIGGER chunks_delete AFTER DELETE ON chunks BEGIN
  DELETE FROM chunk_words WHERE rowid = old.id;
END;

CREATE TABLE embedders (
  id INTEGER PRIMARY KEY,
  identity TEXT NOT NULL,
  dimensions INTEGER NOT NULL,
  UNIQUE (identity, dimensions)
) STRICT;
CREATE TABLE vectors (
  chunk INTEGER PRIMARY KEY REFERENCES chunks (id) ON DELETE CASCADE,
  scale REAL NOT NULL,
  body BLOB NOT NULL
) STRICT;
`
