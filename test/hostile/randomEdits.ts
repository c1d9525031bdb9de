// What people do to texts: slips by the token, half-finished statements, parts deleted, doubled and pasted, a text typed
// character by character.

import { corpus, pythonTexts, sqlDefinition } from './startingTexts';
import { mutateQuery } from '../sql/mutate';
import { mutateText, type Random } from '../support/mutations';

const typed = [
  'SELECT a.b, max(c) FROM {{orders.v1}} a JOIN <<cleaned.v1>> b ON a.id = b.id',
  '{{ cleaned.v1 }}',
  'WITH x AS (SELECT 1 AS y) SELECT x.y FROM x',
  "spark.register_file(name='f', variant='v1', file_path='s3://lake/f.csv')\n",
  '@spark.sql_transformation(variant="v1", inputs=[orders])\ndef typed(tx):\n    return """SELECT * FROM {{tx}}"""\n',
  'inputs=[("orders", "v1"), cleaned], ',
  'count(DISTINCT x) OVER (PARTITION BY y ORDER BY z)',
  '# sparkform: ignore[unknown-source]\n',
  '"""',
  'ff.register_training_set("t", "v1", label=("clicked", "v1"), features=[])\n',
];
const quotes = [
  '"',
  "'",
  '"""',
  "'''",
  '`',
  '\\',
  '(',
  ')',
  '{{',
  '}}',
  '<<',
  '>>',
  '/*',
  '*/',
  '--',
  '#',
  ',',
  '\n',
  '\r',
  '\r\n',
  '\f\n',
  '{',
  '😀',
];
const names = ['v1', 'v2', 'orders', 'cleaned', 'customers', 'clicks', 'tx', 'spark', 'variant', 'name', 'ff', 'first_0', 'second_0'];

/** The texts that one edit leads through, most often a single one. */
export function randomEdit(text: string, others: readonly string[], random: Random): readonly string[] {
  const at = random.below(text.length + 1);
  const to = Math.min(text.length, at + random.below(random.pick([3, 12, 60, 300])));
  const replaced = (by: string): string => text.slice(0, at) + by + text.slice(to);
  const inserted = (part: string, where = at): string => text.slice(0, where) + part + text.slice(where);
  switch (random.below(16)) {
    case 0:
    case 1:
    case 2:
      return [replaced(mutateQuery(text.slice(at, to), corpus, random))];
    case 3:
      return [replaced('')];
    case 4: {
      const [start, end] = lineAt(text, at);
      return [inserted(text.slice(start, end), start)];
    }
    case 5: {
      const [start, end] = lineAt(text, at);
      return [text.slice(0, start) + text.slice(end)];
    }
    case 6:
    case 7:
      return [inserted(random.pick(quotes))];
    case 8: {
      const other = random.pick([...others, ...pythonTexts]);
      const from = random.below(other.length);
      return [inserted(other.slice(from, from + random.below(200)))];
    }
    case 9:
      return [inserted(sqlDefinition(random.pick(['first_0', 'pasted', 'cleaned']), random), lineAt(text, at)[0])];
    case 10:
    case 11: {
      const what = random.pick(typed);
      const from = random.below(3) === 0 ? random.below(what.length) : 0;
      const length = 1 + random.below(14);
      return Array.from({ length }, (_, index) => inserted(what.slice(from, from + index + 1))).filter((one) => one !== text);
    }
    case 12: {
      const [old, by] = [random.pick(names), random.pick(names)];
      const found = text.indexOf(old, at);
      return [found < 0 ? text.replaceAll(old, by) : text.slice(0, found) + by + text.slice(found + old.length)];
    }
    case 13: {
      // Backspace, some times over.
      const length = Math.min(at, 1 + random.below(8));
      return Array.from({ length }, (_, index) => text.slice(0, at - index - 1) + text.slice(at));
    }
    case 14:
      return [random.below(6) === 0 ? turnLineEnds(text) : replaced(text.slice(at, to).repeat(random.below(4)))];
    default:
      return [random.below(6) === 0 ? mutateText(text, random).slice(0, 20_000) : moveBlock(text, at, to, random)];
  }
}

/** The line of an offset with its end. */
function lineAt(text: string, at: number): readonly [start: number, end: number] {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const end = text.indexOf('\n', at);
  return [start, end < 0 ? text.length : end + 1];
}

function moveBlock(text: string, from: number, to: number, random: Random): string {
  const rest = text.slice(0, from) + text.slice(to);
  const at = random.below(rest.length + 1);
  return rest.slice(0, at) + text.slice(from, to) + rest.slice(at);
}

function turnLineEnds(text: string): string {
  return text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text.replaceAll('\n', '\r\n');
}
