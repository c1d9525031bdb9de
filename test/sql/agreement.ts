// Compares our parser of Spark SQL with Spark's own, text by text.

import { parseSql } from '../../server/src/sql/parser';
import type { SqlTree } from '../../server/src/sql/syntaxTree';
import { isQuery, type Verdict } from './judge';

/**
 * `lax`: we accept what Spark's grammar rejects, or a command. `lenient`: we accept what Spark rejects while it builds the plan.
 * `strict`: we reject what Spark accepts. `reserved`: we do so for the sake of a word that no person means as a name.
 */
export type Agreement = 'agreed' | 'lax' | 'lenient' | 'strict' | 'reserved';

export interface Comparison {
  readonly text: string;
  readonly verdict: Verdict;
  readonly agreement: Agreement;
  readonly tree: SqlTree;
}

/** Whether our parser takes a text for a query of Spark 3.5. */
export function isAccepted({ errors, statement, newer }: SqlTree): boolean {
  return errors.length === 0 && statement.kind === 'query' && newer.length === 0;
}

export function compare(text: string, verdict: Verdict): Comparison {
  const tree = parseSql(text);
  return { text, verdict, tree, agreement: agreementOf(tree, verdict) };
}

export function describeComparison({ text, verdict, agreement, tree }: Comparison): string {
  const spark = verdict.problem === undefined ? `accepts it as ${verdict.statement ?? ''}` : verdict.problem.message;
  const errors = tree.errors.map(({ span, message, code }) => `${span.start}: ${message} [${code}]`);
  const needed = tree.newer.map(({ since, what }) => `needs ${since}: ${what}`);
  const ours = [...errors, ...needed].join('\n         ') || `accepted as ${tree.statement.kind}`;
  return `${agreement}: ${JSON.stringify(text)}\n  Spark: ${spark}\n  ours:  ${ours}\n`;
}

/** What disagreements for the same reason have in common. */
export function kindOf({ agreement, verdict, tree }: Comparison): string {
  const message = tree.errors[0]?.message ?? verdict.problem?.message ?? '';
  return `${agreement} ${message.replaceAll(/"[^"]*"|'[^']*'/g, '…')}`;
}

function agreementOf(tree: SqlTree, verdict: Verdict): Agreement {
  const accepted = isAccepted(tree);
  if (accepted === isQuery(verdict)) return 'agreed';
  if (accepted) return verdict.problem?.stage === 'builder' ? 'lenient' : 'lax';
  return tree.errors.some(({ code }) => code === 'soft-reserved') ? 'reserved' : 'strict';
}
