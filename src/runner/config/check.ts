import { basename, dirname } from 'node:path';
import { ConfigurationError } from '../../core/errors.ts';
import type { Host } from '../../core/host.ts';
import { createRedactor } from '../../core/redact.ts';
import type { Registry } from '../registry.ts';
import { checkAddresses, holdsSecret } from './addresses.ts';
import type { ConfigFile } from './find.ts';
import { interpolate, isPlain, type Interpolated } from './interpolate.ts';
import { at, problemsOf, type PlainProblem } from './issues.ts';
import { checkJobs } from './jobs.ts';
import type { KeptConfig } from './kept.ts';
import { parseConfig } from './parse.ts';
import { checkNotify, isNotifySecret } from './notify-addresses.ts';
import { throwProblems, type ConfigPath } from './problems.ts';
import { configSchema, knownKeys, sectionNames } from './schema.ts';

/** A file that was found good. */
export interface CheckedFile {
  readonly config: KeptConfig;
  readonly filled: Interpolated;
  /** The same with its placeholders, to be kept; null where the file holds a secret or warns. */
  readonly toKeep: KeptConfig | null;
  readonly warnings: readonly string[];
}

/** Parses and checks a configuration. Throws all its problems at once, each with its line. */
export async function checkFile(host: Host, registry: Registry, file: ConfigFile): Promise<CheckedFile> {
  const parsed = parseConfig(file.text);
  const name = basename(file.path);
  throwProblems(parsed.problems, name);
  const raw = withoutEmptySections(parsed.value);
  const filled = interpolate(raw, host);
  const problems: PlainProblem[] = [...filled.problems];
  // A value that could not be filled in is one problem, not two.
  const isToldAlready = (path: ConfigPath): boolean => filled.problems.some((one) => String(one.path) === String(path));
  const add = (more: readonly PlainProblem[]): void => {
    problems.push(...more.filter((problem) => !isToldAlready(problem.path)));
  };
  const checked = configSchema.safeParse(filled.value);
  if (!checked.success) add(problemsOf(checked.error.issues, raw, (path) => knownKeys(path, raw), { isSecret: isNotifySecret }));
  add(checkAddresses(filled.value, dirname(file.path)));
  add(checkNotify(filled.value));
  const jobs = await checkJobs(filled.value, raw, registry);
  add(jobs.problems);
  // A placeholder may stand where its value is told: as a schedule, as the name of an action.
  const redactor = createRedactor();
  redactor.add(filled.secrets);
  redactor.add(jobs.secrets.map((path) => at(filled.value, path)).filter((value) => typeof value === 'string'));
  throwProblems(
    problems.map(({ path, message }) => ({ path, message: redactor.clean(message), line: parsed.locate(path) })),
    name,
  );
  if (!checked.success) throw new ConfigurationError(`${file.path} is not a valid configuration`);
  const hasSecret = holdsSecret(raw) || jobs.secrets.some((path) => isPlain(at(raw, path)));
  const config: KeptConfig = { general: checked.data, jobs: [...jobs.jobs.values()] };
  // A secret that stands in the file itself is not written a second time.
  const toKeep = hasSecret ? null : await withPlaceholders(raw, registry);
  return { config, filled, warnings: hasSecret ? warningsOf(file) : [], toKeep };
}

// A section all of whose lines are comments is null to YAML.
function withoutEmptySections(value: unknown): unknown {
  if (value === null || value === undefined) return {};
  if (typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).filter(([key, part]) => part !== null || !sectionNames.some((name) => name === key)),
  );
}

async function withPlaceholders(raw: unknown, registry: Registry): Promise<KeptConfig | null> {
  const general = configSchema.safeParse(raw);
  const { jobs, problems } = await checkJobs(raw, raw, registry);
  return general.success && problems.length === 0 ? { general: general.data, jobs: [...jobs.values()] } : null;
}

function warningsOf(file: ConfigFile): string[] {
  const isReadByOthers = (file.mode & 0o004) !== 0;
  if (!isReadByOthers) return [];
  return [`${file.path} holds secrets and every user of this machine may read it: run chmod 600 ${file.path}`];
}
