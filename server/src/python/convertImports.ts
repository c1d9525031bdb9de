// Import statements.

import type { ImportedName, ImportFromStatement } from './ast';
import type { ExpressionConverter } from './convertExpressions';
import { spanOf } from './syntaxTree';
import type { SyntaxNode } from './syntaxTree';

export function importedNames(nodes: readonly SyntaxNode[], values: ExpressionConverter): readonly ImportedName[] {
  const found: ImportedName[] = [];
  for (const node of nodes) {
    if (node.missing) continue;
    if (node.type === 'wildcard_import') found.push({ span: spanOf(node), name: '*', nameSpan: spanOf(node) });
    const [name, , alias] = node.type === 'aliased_import' ? node.children : [node];
    if (name?.type !== 'dotted_name') continue;
    found.push({
      span: spanOf(node),
      name: dotted(name, values),
      nameSpan: spanOf(name),
      ...(alias && { alias: values.slice(alias), aliasSpan: spanOf(alias) }),
    });
  }
  return found;
}

export function importFrom(node: SyntaxNode, values: ExpressionConverter): ImportFromStatement {
  const from = node.children[1];
  const at = node.children.findIndex((child) => child.type === 'import');
  const relative = from?.type === 'relative_import';
  const prefix = relative ? from.children[0] : undefined;
  const module = relative ? from.children[1] : from;
  const dots = prefix === undefined ? '' : values.slice(prefix).replace(/[^.]/gu, '');
  return {
    kind: 'importFrom',
    span: spanOf(node),
    module: module === undefined ? '' : dotted(module, values),
    level: dots.length,
    names: importedNames(at < 0 ? [] : node.children.slice(at + 1), values),
  };
}

/** A dotted name as Python takes it: it may be written with white space around its periods. */
function dotted(node: SyntaxNode, values: ExpressionConverter): string {
  const written = values.slice(node);
  return /[\s\\]/u.test(written) ? written.replace(/[\s\\]+/gu, '') : written;
}
