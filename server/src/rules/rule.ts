// One rule is one file: its documentation, its check and its fixes. Rules look at an immutable snapshot and yield problems.

import type { Span } from '../text/span';
import type { FileSnapshot, Snapshot } from '../workspace/snapshot';

export type { Severity } from '../workspace/project';
import type { Severity } from '../workspace/project';

export interface TextEdit {
  readonly uri: string;
  readonly span: Span;
  readonly newText: string;
}

/** A repair. `preferred` only where it is sure to be what the author meant. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  readonly preferred: boolean;
}

export interface RelatedInformation {
  readonly uri: string;
  readonly span: Span;
  readonly message: string;
}

export interface Problem {
  readonly span: Span;
  /** What was found and what was expected, the variable part in double quotes, no blame, no final full stop. */
  readonly message: string;
  /** Where it differs from the rule's own severity. */
  readonly severity?: Severity;
  readonly fixes?: readonly Fix[];
  readonly related?: readonly RelatedInformation[];
  /** Greyed out, such as an argument that has no effect. */
  readonly unnecessary?: boolean;
  /** The document, where it is not the one that is being checked. */
  readonly uri?: string;
  /** For a problem in another document: the place in the one that is being checked that uses it. */
  readonly usedAt?: Span;
}

export interface RuleContext {
  readonly snapshot: Snapshot;
  readonly file: FileSnapshot;
}

export interface RuleDocumentation {
  /** One sentence: what is wrong. */
  readonly summary: string;
  /** Markdown: why it matters, what Featureform or Spark does, what to do. */
  readonly details: string;
  /** Python that the rule reports, and the same put right. */
  readonly bad: string;
  readonly good: string;
  /** The conditions of `docs/featureform.md` it covers: `T1`, `D9`, … */
  readonly covers: readonly string[];
}

export interface Rule {
  /** Names the problem, in kebab case. */
  readonly id: string;
  readonly severity: Severity;
  readonly documentation: RuleDocumentation;
  check(context: RuleContext): Iterable<Problem>;
}
