import { changeLimit, optionalText, toggle } from '../../core/settings.ts';

/** What every action that deletes old rows can be told. */
export const cleanSettings = {
  archive: optionalText('keep what is deleted in a new file in this folder, for "blogctl restore"', {
    placeholder: 'folder',
  }),
  maxChanges: changeLimit('delete nothing where it would be more rows, or a larger share of a table'),
  optimize: toggle('give the space back afterwards', { default: false }),
};

/** The help page's words on what all of them do alike. */
export const cleanDetails = [
  'Rows go in small transactions with pauses between them, so that the blog never waits long; that takes many times as long',
  'as one statement would. What a stopped run has left, the next one deletes.',
  '--optimize has a price, told in the log before it begins: SQLite writes its file anew (up to twice its size of disk,',
  'nobody can write meanwhile); MySQL rebuilds the table (its size once more); PostgreSQL vacuums it for new rows.',
].join(' ');
