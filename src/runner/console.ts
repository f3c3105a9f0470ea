import type { Host } from '../core/host.ts';
import { createLog, formatLogLine, isShown, type Log, type LogLevel } from '../core/log.ts';
import { plainText } from '../core/plain-text.ts';
import type { Progress } from '../core/progress.ts';
import type { Redactor } from '../core/redact.ts';
import type { GeneralFlags } from './command.ts';
import { openProgressBar, type ProgressBar } from './progress-bar.ts';

/** Colours a piece of text, or leaves it. */
export type Paint = (text: string) => string;

/** The colours the program uses. */
export interface Palette {
  readonly red: Paint;
  readonly yellow: Paint;
  readonly green: Paint;
  readonly dim: Paint;
  readonly bold: Paint;
}

/** Where a run speaks: the log and the bar on standard error, the result on standard output. */
export interface Console {
  readonly log: Log;
  readonly progress: Progress;
  /** The last lines of the log, whatever of it was shown: they go into the record. */
  readonly lines: () => readonly string[];
  /** Text for people on standard output; nothing with --quiet. */
  readonly say: (text: string) => void;
  /** A failure on standard error. */
  readonly fail: (text: string) => void;
  readonly out: Palette;
  readonly err: Palette;
  /** Takes the bar away. */
  readonly close: () => void;
}

const mostLines = 200;

/** Opens the console of a run. Everything that goes through it is free of secrets and control characters. */
export async function openConsole(host: Host, general: GeneralFlags, redactor: Redactor): Promise<Console> {
  const out = await paletteFor(host.colour.stdout);
  const err = await paletteFor(host.colour.stderr);
  const threshold = thresholdFor(host, general);
  const lines: string[] = [];
  const bar: ProgressBar = openProgressBar(host, general);
  const log = createLog((line) => {
    const text = plainText(redactor.clean(formatLogLine(line)));
    if (line.level !== 'debug') lines.push(`${line.level} ${text}`);
    if (lines.length > mostLines) lines.shift();
    if (!isShown(line.level, threshold)) return;
    bar.hide();
    host.complain(`${paintLevel(err, line.level)(line.level.padEnd(5))} ${text}\n`);
  });
  return {
    log,
    progress: bar,
    lines: () => lines,
    out,
    err,
    say: (text) => {
      bar.hide();
      if (!general.quiet) host.print(`${redactor.clean(text)}\n`);
    },
    fail: (text) => {
      bar.hide();
      // A server may have written the message.
      host.complain(`${plainText(redactor.clean(text))}\n`);
    },
    close: () => bar.hide(),
  };
}

// On a terminal a person wants to see what goes on; under cron every line would be a mail.
function thresholdFor(host: Host, general: GeneralFlags): LogLevel {
  if (general.quiet) return 'error';
  if (general.verbose) return 'debug';
  return host.stderrIsTerminal ? 'info' : 'warn';
}

function paintLevel(palette: Palette, level: LogLevel): Paint {
  if (level === 'error') return palette.red;
  if (level === 'warn') return palette.yellow;
  return palette.dim;
}

const unpainted: Paint = (text) => text;
const noColours: Palette = { red: unpainted, yellow: unpainted, green: unpainted, dim: unpainted, bold: unpainted };

/** The colours for a stream; chalk is only loaded where there are any. */
export async function paletteFor(isColoured: boolean): Promise<Palette> {
  if (!isColoured) return noColours;
  const { Chalk } = await import('chalk');
  return new Chalk({ level: 1 });
}
