import type { Reporter, TestModule } from 'vitest/node';

/** The counts of a run. What went wrong outside of a test counts as failed: a run is not better for it. */
interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** How `describeWithServer` ends the name of a suite that it skips. */
const SKIP_REASON = / \(skipped: (.+)\)$/;

/** Prints why suites were skipped, and the counts as the very last line: `12 passed, 0 failed, 1 skipped`. */
export class ClosingLineReporter implements Reporter {
  #counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  #skipReasons: readonly string[] = [];

  onInit(): void {
    // At the exit, so that nothing follows: other reporters and the global teardown print after the tests, too.
    process.once('exit', (code) => {
      // A run that never came to its tests, or broke down after them.
      if (code !== 0 && this.#counts.failed === 0) this.#counts.failed = 1;
      const reasons = this.#skipReasons.map((reason) => `skipped: ${reason}\n`).join('');
      process.stdout.write(`${reasons}${closingLine(this.#counts)}\n`);
    });
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    this.#counts = countTests(modules);
    this.#counts.failed += unhandledErrors.length;
    this.#skipReasons = findSkipReasons(modules);
  }
}

function countTests(modules: readonly TestModule[]): Counts {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const module of modules) {
    counts.failed += module.errors().length;
    for (const suite of module.children.allSuites()) counts.failed += suite.errors().length;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === 'passed') counts.passed += 1;
      else if (state === 'failed') counts.failed += 1;
      else counts.skipped += 1;
    }
  }
  return counts;
}

/** Vitest's default reporter does not name what it skips, and a reader wants to know what to install. */
function findSkipReasons(modules: readonly TestModule[]): string[] {
  const suites = modules.flatMap((module) => [...module.children.allSuites()]);
  return [...new Set(suites.flatMap(({ name }) => SKIP_REASON.exec(name)?.[1] ?? []))];
}

function closingLine({ passed, failed, skipped }: Counts): string {
  const line = `${passed} passed, ${failed} failed`;
  return skipped === 0 ? line : `${line}, ${skipped} skipped`;
}
