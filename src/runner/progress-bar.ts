import type { Host } from '../core/host.ts';
import type { Progress } from '../core/progress.ts';
import type { GeneralFlags } from './command.ts';

/** A progress that can step aside for a line of the log. */
export interface ProgressBar extends Progress {
  readonly hide: () => void;
}

const width = 30;
const redrawMs = 80;

/** A bar on standard error where that is a terminal; nothing elsewhere, with --quiet or for a dumb terminal. */
export function openProgressBar(host: Host, general: GeneralFlags): ProgressBar {
  let total: number | null = null;
  let done = 0;
  let drawnAt = -redrawMs;
  let isDrawn = false;
  const isWanted = host.stderrIsTerminal && !general.quiet && host.variables['TERM'] !== 'dumb';

  const draw = (): void => {
    const now = host.clock.elapsedMs();
    if (!isWanted || now - drawnAt < redrawMs) return;
    drawnAt = now;
    isDrawn = true;
    host.complain(`\r\x1b[K${barText(done, total)}`);
  };
  return {
    total: (count) => {
      total = count;
      draw();
    },
    step: (by = 1) => {
      done += by;
      draw();
    },
    hide: () => {
      if (isDrawn) host.complain('\r\x1b[K');
      isDrawn = false;
    },
  };
}

function barText(done: number, total: number | null): string {
  if (total === null || total === 0) return `${done} done`;
  const share = Math.min(1, done / total);
  const filled = Math.round(share * width);
  return `[${'#'.repeat(filled)}${'-'.repeat(width - filled)}] ${done}/${total}`;
}
