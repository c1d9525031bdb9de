import type { Diagnosis } from '../rules/check';

/** The one problem of a notebook that cannot be read: it has no cells that anything else could be found in. */
export function brokenNotebook(message: string): Diagnosis {
  return { ruleId: 'python-syntax-error', severity: 'error', problem: { span: { start: 0, end: 0 }, message } };
}
