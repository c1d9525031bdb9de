// The names that a query knows at a place, as completions: columns, aliases, relations, queries of WITH, windows, parameters.

import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver-types';
import type { Resource } from '../definitions/resources';
import type { SqlSlot } from '../sql/completionContext';
import { SOFT_RESERVED } from '../sql/keywords';
import { templateKey, type RelationEntry, type Scope } from '../sql/nameTable';
import { parseSql } from '../sql/parser';
import { resolveNames } from '../sql/scopes';
import type { Snapshot } from '../workspace/snapshot';
import type { SqlWord } from './completion';
import { columnsOfSource } from './completionColumns';
import { fuzzyScore } from './fuzzyMatch';
import { resourcesWithId } from './resourceIds';
import { symbolWords } from './sqlNames';

/** Stands where the cursor does, so that the text around it is read as if it were complete. */
const CURSOR = 'sparkform_cursor';

export class SqlNamesInScope {
  private readonly scope: Scope | undefined;
  private readonly start: number;

  constructor(
    private readonly snapshot: Snapshot,
    private readonly around: Resource | undefined,
    sql: string,
    private readonly slot: SqlSlot,
  ) {
    const { start, end } = slot.word;
    this.start = start;
    const isName = slot.wants !== undefined;
    const text = `${sql.slice(0, start)}${isName ? CURSOR : ''}${sql.slice(end)}`;
    const at = isName ? start + 1 : sql.slice(0, start).trimEnd().length;
    this.scope = resolveNames(parseSql(text)).scopeAt(at);
  }

  items(word: SqlWord): CompletionItem[] {
    switch (this.slot.wants) {
      case 'expression':
        return made([...this.parameters(), ...this.columns(), ...this.aliases(), ...this.qualifiers()], word);
      case 'columnName':
        return made(this.columns(true), word);
      case 'member':
        return made(this.members(), word);
      case 'relation':
      case 'tableName':
        return made(this.ctes(), word);
      case 'relationName':
        return made(this.qualifiers(), word);
      case 'window':
        return made(this.windows(), word);
      default:
        return [];
    }
  }

  /** The relations of the innermost query, the last first. */
  relations(): readonly { readonly qualifier: string | undefined; readonly columns: readonly string[] }[] {
    const scope = this.scope?.visible().find(({ relations }) => relations.length > 0);
    return (scope?.relations ?? []).toReversed().map((entry) => ({ qualifier: qualifierOf(entry), columns: this.columnsOf(entry) }));
  }

  private chain(): readonly Scope[] {
    return this.scope?.visible() ?? [];
  }

  private parameters(): readonly Found[] {
    return this.chain().flatMap(({ parameters }) =>
      [...parameters.values()].map(({ name, kind }) => ({ label: name.text, detail: symbolWords[kind], group: 10 })),
    );
  }

  /** Columns by their name alone, or with their relation where the name alone would be ambiguous. */
  private columns(alone = false): readonly Found[] {
    const found: Found[] = [];
    let depth = 0;
    for (const scope of this.chain()) {
      if (scope.first !== undefined) {
        for (const { name } of scope.first.columns) found.push({ label: name, detail: 'column of the result', group: 11 });
      }
      const entries = scope.relations.filter((entry) => this.isSeen(entry, depth));
      if (scope.relations.length > 0) depth++;
      const all = entries.map((entry) => ({ entry, columns: this.columnsOf(entry) }));
      const counts = new Map<string, number>();
      for (const { columns } of all) for (const name of columns) counts.set(name.toLowerCase(), (counts.get(name.toLowerCase()) ?? 0) + 1);
      for (const { entry, columns } of all) {
        const qualifier = qualifierOf(entry);
        for (const name of columns) {
          const ambiguous = (counts.get(name.toLowerCase()) ?? 0) > 1 && !alone;
          if (ambiguous && qualifier === undefined) continue;
          const detail = qualifier === undefined ? 'column' : `column of ${qualifier}`;
          found.push({ label: name, detail, group: 11 + depth, ...(ambiguous && qualifier !== undefined && { qualifier }) });
        }
      }
    }
    return found;
  }

  /** Aliases of the select list: those in front of the cursor there, all of them in the clauses that see them. */
  private aliases(): readonly Found[] {
    const { clause } = this.slot;
    const behind = ['groupBy', 'having', 'orderBy', 'sortBy', 'clusterBy', 'distributeBy'].includes(clause);
    if (!behind && clause !== 'select') return [];
    const scope = this.chain().find(({ aliases, relations }) => aliases.size > 0 || relations.length > 0);
    return [...(scope?.aliases.values() ?? [])]
      .filter(({ item }) => behind || item.span.end <= this.start)
      .map(({ symbol }) => ({ label: symbol.name.text, detail: 'alias', group: 15 }));
  }

  private qualifiers(): readonly Found[] {
    let depth = 0;
    return this.chain().flatMap((scope) => {
      const seen = scope.relations.filter((entry) => this.isSeen(entry, depth));
      if (scope.relations.length > 0) depth++;
      return seen.flatMap((entry): Found[] => {
        const label = qualifierOf(entry);
        return label === undefined
          ? []
          : [
              {
                label,
                detail: entry.symbol === undefined ? 'relation' : symbolWords[entry.symbol.kind],
                group: 20,
                kind: CompletionItemKind.Struct,
              },
            ];
      });
    });
  }

  private ctes(): readonly Found[] {
    return this.chain().flatMap(({ ctes }) =>
      [...ctes.values()].map(({ symbol }) => ({
        label: symbol.name.text,
        detail: symbolWords.cte,
        group: 10,
        kind: CompletionItemKind.Struct,
      })),
    );
  }

  private windows(): readonly Found[] {
    return this.chain().flatMap(({ windows }) =>
      [...windows.values()].map(({ name, kind }) => ({ label: name.text, detail: symbolWords[kind], group: 10 })),
    );
  }

  private members(): readonly Found[] {
    const [token, ...more] = this.slot.qualifier;
    if (token === undefined || more.length > 0 || this.scope === undefined) return [];
    const key = token.template === undefined ? token.key.toLowerCase() : templateKey(token.template);
    const entry = this.scope.relation(key);
    if (entry === undefined) return [];
    return this.columnsOf(entry).map((label) => ({ label, detail: 'column', group: 11 }));
  }

  /** A relation without a name is seen by its own query alone, one with a name unless another hides it. */
  private isSeen(entry: RelationEntry, depth: number): boolean {
    if (entry.key === undefined) return depth === 0;
    return depth === 0 || this.scope?.relation(entry.key) === entry;
  }

  private columnsOf({ output, relation }: RelationEntry): readonly string[] {
    const own = output.columns.map(({ name }) => name).filter((name) => name !== CURSOR && name !== '');
    const template = relation?.kind === 'table' ? relation.name[0]?.template : undefined;
    if (template === undefined || own.length > 0) return own;
    return this.sourcesOf(template.inner).flatMap((source) => columnsOfSource(this.snapshot, source).map(({ name }) => name));
  }

  /** What a template means: an id, or the parameter that stands for an input. */
  private sourcesOf(inner: string): readonly Resource[] {
    const at = this.around?.function?.parameters.findIndex(({ name }) => name === inner) ?? -1;
    const input = at < 0 ? undefined : this.around?.inputs?.elements?.[at]?.reference;
    if (input !== undefined) return this.snapshot.index.definitions(this.snapshot.keyOf(input)).slice(0, 1);
    return resourcesWithId(this.snapshot, 'source', inner).slice(0, 1);
  }
}

interface Found {
  readonly label: string;
  readonly detail: string;
  /** Small ones come first. */
  readonly group: number;
  readonly kind?: CompletionItemKind;
  readonly qualifier?: string;
}

function made(found: readonly Found[], { typed, range }: SqlWord): CompletionItem[] {
  const byLabel = new Map<string, CompletionItem>();
  for (const { label: name, detail, group, kind = CompletionItemKind.Field, qualifier } of found) {
    const label = qualifier === undefined ? name : `${qualifier}.${name}`;
    const key = label.toLowerCase();
    if (name === CURSOR || name === '' || byLabel.has(key) || (typed !== '' && fuzzyScore(typed, label) === undefined)) continue;
    const newText = qualifier === undefined ? quoted(name) : `${quoted(qualifier)}.${quoted(name)}`;
    byLabel.set(key, { label, kind, detail, sortText: `${group}${name.toLowerCase()}`, filterText: label, textEdit: { range, newText } });
  }
  return [...byLabel.values()];
}

function quoted(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) && !SOFT_RESERVED.has(name.toUpperCase()) ? name : `\`${name.replaceAll('`', '``')}\``;
}

/** What people write in front of a column of the relation; nothing where that is a template. */
function qualifierOf({ symbol, key, relation }: RelationEntry): string | undefined {
  if (key === undefined || key.startsWith('{{')) return undefined;
  if (symbol !== undefined) return symbol.name.text === CURSOR ? undefined : symbol.name.text;
  const last = relation?.kind === 'table' ? relation.name.at(-1)?.text : undefined;
  return last === CURSOR ? undefined : last;
}
