// Which constructs of other systems the errors of a query come from. Looked for only where Spark rejects the text, so that a word that
// Spark takes for a name is left alone.

import { parseSql } from '../parser';
import type { SqlError } from '../syntaxErrors';
import type { SqlTree } from '../syntaxTree';
import { arrayLiteral, convert, excludedColumns, orderedAggregate, safeCast, structLiteral } from './calls';
import { applySqlEdits, DialectText, type ForeignConstruct, type Recognizer } from './construct';
import { fetch, limit, offset, sample, top } from './limits';
import { arrow, bracketedName, hash, outerJoinSign, quotedText, sigil } from './names';
import { apply, caret, needlessWords, notTilde, phrase, phraseKeys, quantifiedComparison, tilde } from './operators';
import { qualify } from './qualify';

const BY_KEY: ReadonlyMap<string, readonly Recognizer[]> = recognizersByKey([
  [['TOP'], top],
  [['LIMIT'], limit],
  [['OFFSET'], offset],
  [['FETCH'], fetch],
  [['SAMPLE'], sample],
  [['QUALIFY'], qualify],
  [['['], bracketedName],
  [['('], outerJoinSign],
  [['('], orderedAggregate],
  [['->'], arrow],
  [['~'], tilde],
  [['!'], notTilde],
  [['^'], caret],
  [['ANY', 'SOME', 'ALL'], quantifiedComparison],
  [['FOR', 'WITH', 'NOT', 'MATERIALIZED'], needlessWords],
  [['APPLY'], apply],
  [['SAFE_CAST'], safeCast],
  [['ARRAY'], arrayLiteral],
  [['STRUCT'], structLiteral],
  [['EXCLUDE'], excludedColumns],
  [['CONVERT'], convert],
  [phraseKeys, phrase],
]);

const BY_KIND: ReadonlyMap<string, readonly Recognizer[]> = new Map([
  ['string', [quotedText]],
  ['unknown', [hash, sigil]],
]);

export interface Explanation {
  /** In the order of the text; each explains at least one error that no other does. */
  readonly constructs: readonly ForeignConstruct[];
  /** The errors that none of them explains. */
  readonly errors: readonly SqlError[];
}

/** Only errors of the form: a value that Spark refuses is one in any system's form. */
export function explainErrors(tree: SqlTree): Explanation {
  let open = tree.errors;
  const found: ForeignConstruct[] = [];
  if (!open.some(({ code }) => code !== 'value')) return { constructs: found, errors: open };
  const sql = new DialectText(tree);
  for (const [at, { kind, key }] of sql.tokens.entries()) {
    for (const recognize of BY_KEY.get(key) ?? BY_KIND.get(kind) ?? []) {
      const construct = recognize(sql, at);
      if (construct === undefined || !open.some((error) => explains(construct, error))) continue;
      open = open.filter((error) => !explains(construct, error));
      found.push(checked(construct, tree));
    }
  }
  return { constructs: found, errors: open };
}

function explains({ reach }: ForeignConstruct, { code, span }: SqlError): boolean {
  return code !== 'value' && span.start >= reach.start && span.start < reach.end;
}

/** A translation must leave fewer errors, or others in place of those it is for, which hid them. */
function checked(construct: ForeignConstruct, tree: SqlTree): ForeignConstruct {
  const { translation, ...named } = construct;
  if (translation === undefined) return construct;
  const after = parseSql(applySqlEdits(tree.text, translation.edits));
  const remains = (error: SqlError): boolean =>
    after.errors.some(
      ({ message, span }) => message === error.message && after.text.length - span.end === tree.text.length - error.span.end,
    );
  const others = after.errors.length === tree.errors.length && !tree.errors.some((error) => explains(construct, error) && remains(error));
  return after.errors.length < tree.errors.length || others ? construct : named;
}

function recognizersByKey(
  entries: readonly (readonly [keys: readonly string[], recognizer: Recognizer])[],
): ReadonlyMap<string, readonly Recognizer[]> {
  const byKey = new Map<string, Recognizer[]>();
  for (const [keys, recognizer] of entries) {
    for (const key of keys) byKey.set(key, [...(byKey.get(key) ?? []), recognizer]);
  }
  return byKey;
}
