// String tokens -> string nodes: what stands between the quotes, and the fields of an f-string.

import type { Expression, FormattedPart, FormattedString, StringLiteral } from './ast';
import type { Span } from '../text/span';
import type { SyntaxNode } from './syntaxTree';

/** Converts the expression in a replacement field; a missing one stands at the given offset. */
type ConvertExpression = (node: SyntaxNode | undefined, at: number) => Expression;

export function convertString(node: SyntaxNode, text: string, convert: ConvertExpression): StringLiteral | FormattedString | undefined {
  const opening = /^([a-z]*)("""|'''|"|')/iu.exec(text.slice(node.start, node.start + 6));
  if (opening === null) return undefined;
  const prefix = (opening[1] ?? '').toLowerCase();
  const quote = opening[2] as StringLiteral['quote'];
  const span = { start: node.start, end: node.end };
  const start = node.start + opening[0].length;
  const close = node.end - quote.length;
  const content = { start, end: close >= start && text.startsWith(quote, close) ? close : node.end };
  if (!/[ft]/u.test(prefix)) return { kind: 'string', span, prefix, quote, content };
  return { kind: 'formattedString', span, prefix, quote, content, parts: formattedParts(node, content, text, convert) };
}

function formattedParts(node: SyntaxNode, content: Span, text: string, convert: ConvertExpression): readonly FormattedPart[] {
  const parts: FormattedPart[] = [];
  let at = content.start;
  for (const child of node.children) {
    if (child.type !== 'interpolation') continue;
    if (at < child.start) parts.push({ kind: 'text', span: { start: at, end: child.start } });
    parts.push(replacement(child, text, convert));
    at = child.end;
  }
  if (at < content.end) parts.push({ kind: 'text', span: { start: at, end: content.end } });
  return parts;
}

function replacement(node: SyntaxNode, text: string, convert: ConvertExpression): FormattedPart {
  const conversion = node.children.find((child) => child.type === 'type_conversion');
  const format = node.children.find((child) => child.type === 'format_specifier');
  const fields = (format?.children ?? []).filter((child) => child.type === 'format_expression' || child.type === 'interpolation');
  const debug = node.children.some((child) => child.type === '=');
  const value = node.children.find((child) => child.named && child !== conversion && child !== format);
  return {
    kind: 'replacement',
    span: { start: node.start, end: node.end },
    expression: convert(value, node.end),
    ...(conversion && { conversion: text.slice(conversion.start + 1, conversion.end) }),
    ...(format && { format: { start: format.start + 1, end: format.end } }),
    ...(fields.length > 0 && {
      formatFields: fields.map((field) =>
        convert(
          field.children.find((child) => child.named),
          field.end,
        ),
      ),
    }),
    ...(debug && { debug }),
  };
}
