/** Levels of the log, least to most urgent. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Facts that belong to a line of the log: `log.warn('link broken', { url, status })`. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** A log that is scoped to one job. The text is static and lower-case, the facts stand in the fields. */
export interface Log {
  readonly debug: (text: string, fields?: LogFields) => void;
  readonly info: (text: string, fields?: LogFields) => void;
  readonly warn: (text: string, fields?: LogFields) => void;
  readonly error: (text: string, fields?: LogFields) => void;
}

/** One line of the log. */
export interface LogLine {
  readonly level: LogLevel;
  readonly text: string;
  readonly fields: LogFields;
}

const rank: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3 };

/** Is a line of this level shown where only `threshold` and worse are wanted? */
export function isShown(level: LogLevel, threshold: LogLevel): boolean {
  return rank[level] >= rank[threshold];
}

/** Makes a log that hands each line to a sink. */
export function createLog(sink: (line: LogLine) => void): Log {
  const at =
    (level: LogLevel) =>
    (text: string, fields: LogFields = {}): void =>
      sink({ level, text, fields });
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** `link broken url=https://… status=404`; values with blanks are quoted. */
export function formatLogLine(line: LogLine): string {
  let out = line.text;
  for (const [name, value] of Object.entries(line.fields)) {
    if (value === undefined) continue;
    const text = String(value);
    out += ` ${name}=${/^[^\s"=]+$/.test(text) ? text : JSON.stringify(text)}`;
  }
  return out;
}
