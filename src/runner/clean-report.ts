import type { Change, RunReport } from '../core/outcome.ts';
import type { Redactor } from '../core/redact.ts';

/** A report without a secret in it: an action may repeat what it was told, and so may those it talks to. */
export function cleanReport(report: RunReport, { clean }: Redactor): RunReport {
  const cleanValue = (value: Change['after']): Change['after'] => (typeof value === 'string' ? clean(value) : value);
  return {
    ...report,
    summary: clean(report.summary),
    changes: report.changes.map((change) => ({
      ...change,
      target: clean(change.target),
      ...('before' in change ? { before: cleanValue(change.before) ?? null } : {}),
      ...('after' in change ? { after: cleanValue(change.after) ?? null } : {}),
    })),
    findings: report.findings.map((finding) => ({
      ...finding,
      target: clean(finding.target),
      message: clean(finding.message),
    })),
  };
}
