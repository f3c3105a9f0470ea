/** What may stand as the name of a site in a crontab's marker: letters of any script, digits, dots, dashes, underlines. */
export const siteName = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]{0,63}$/u;

/** What may stand as the name of a job in a crontab's line. */
export const jobName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
