// What is formatted of a document where only a part of it is meant.

import { expect, test } from 'vitest';
import fc from 'fast-check';
import { documentAfter } from '../../server/src/features/textEdits';
import { formatSql } from '../../server/src/sql/format/formatSql';
import { layoutEdits } from '../../server/src/sql/format/layoutEdits';
import { tokenize } from '../../server/src/sql/lexer';
import { LineIndex } from '../../server/src/text/lineIndex';
import { uriOf } from '../support/memoryHost';
import { openFixture } from '../support/workspaceFixture';
import { readCorpus } from '../sql/corpus';

const options = { width: 100, keywordCase: 'upper' } as const;

/** The texts that are selected stand between `[[` and `]]`; `[[]]` is a cursor. */
function parseSelections(marked: string): { readonly text: string; readonly selections: readonly (readonly [number, number])[] } {
  const parts = marked.split(/\[\[|\]\]/);
  const ends: number[] = [];
  for (const part of parts) ends.push((ends.at(-1) ?? 0) + part.length);
  const starts = ends.filter((_, index) => index % 2 === 0).slice(0, -1);
  return { text: parts.join(''), selections: starts.map((start, index) => [start, ends[2 * index + 1] ?? start]) };
}

/** The document after what is selected was formatted. */
async function checkFormat(marked: string, after: string, path = 'definitions.py'): Promise<void> {
  const { text, selections } = parseSelections(marked);
  const isPython = path.endsWith('.py');
  const { service } = await openFixture(isPython ? text : definition('open("query.sql").read()'));
  if (!isPython) service.update(uriOf(path), text);
  const lines = new LineIndex(text);
  const ranges = selections.map(([start, end]) => ({ start: lines.positionAt(start), end: lines.positionAt(end) }));
  const edits = service.formatting(uriOf(path), options, ranges).map(({ range, newText }) => {
    return { uri: '', span: { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) }, newText };
  });
  expect(documentAfter(text, edits)).toBe(after);
}

const header = 'import featureform as ff\nspark = ff.get_spark("s")\n';

function definition(value: string, name = 'rides'): string {
  return `${name === 'rides' ? header : ''}\n@spark.sql_transformation(variant="v")\ndef ${name}():\n    return ${value}\n`;
}

const one = definition('"select a from {{trips.v}}"');
const two = definition('"select b from {{trips.v}}"', 'two');
const three = definition('"select c from {{trips.v}}"', 'three');
const formattedTwo = two.replace('select b from', 'SELECT b FROM');

test('a cursor means the query that it stands in', async () => {
  await checkFormat(one + two.replace('b', '[[]]b') + three, one + formattedTwo + three);
  await checkFormat(one + two.replace('return', 're[[]]turn') + three, one + two + three);
});

test('a selection means the queries of the definitions that it touches', async () => {
  await checkFormat(one + two.replace('def two', '[[def]] two') + three, one + formattedTwo + three);
  await checkFormat(one + two.replace('\n@spark', '\n[[@]]spark') + three, one + formattedTwo + three);
  await checkFormat(
    `${one + two.replace('b from', 'b f[[rom')}${three.replace('@spark', '@sp]]ark')}`,
    one + formattedTwo + three.replace('select c from', 'SELECT c FROM'),
  );
  await checkFormat(one.replace('import', '[[import').replace('get_spark', 'get_]]spark') + two, one + two);
  await checkFormat(`${one}[[\n]]${two}`, `${one}\n${two}`);
});

test('several selections are taken together', async () => {
  await checkFormat(
    one.replace('def', '[[def]]') + two + three.replace('select', '[[select]]').replace('from', '[[from]]'),
    one.replace('select a from', 'SELECT a FROM') + two + three.replace('select c from', 'SELECT c FROM'),
  );
});

test('a query that stands elsewhere is touched where it stands', async () => {
  const text = `${header}QUERY = "select a from {{trips.v}}"\n${definition('QUERY', 'two')}`;
  await checkFormat(text.replace('return QUERY', '[[return QUERY]]'), text);
  await checkFormat(text.replace('select', 'sel[[]]ect'), text.replace('select a from', 'SELECT a FROM'));
});

const query = `select a,b
from   t
 where a>1
   and b<2 -- why
  group by a
`;

test('in a file of SQL only the selected lines change, into what they are in the whole', async () => {
  await checkFormat(query.replace(' where a>1\n', '[[ where a>1\n]]'), query.replace(' where a>1', 'WHERE a > 1'), 'query.sql');
  await checkFormat(
    query.replace(' where', '[[ where').replace('\n  group', ']]\n  group'),
    'select a,b\nfrom   t\nWHERE a > 1 AND b < 2  -- why\n  group by a\n',
    'query.sql',
  );
  await checkFormat(query.replace('from   t', '[[from   t]]'), query.replace('from   t', 'FROM t'), 'query.sql');
  await checkFormat(query.replace('a,b', '[[a,]]b'), query, 'query.sql');
  await checkFormat(query.replace('a,b', 'a[[,b]]'), query.replace('a,b', 'a, b'), 'query.sql');
  await checkFormat(query.replace('   t', '[[   ]]t'), query, 'query.sql');
});

test('a file of SQL that is selected as a whole is formatted as a whole', async () => {
  const whole = 'SELECT a, b\nFROM t\nWHERE a > 1 AND b < 2  -- why\nGROUP BY a\n';
  await checkFormat(`[[${query}]]`, whole, 'query.sql');
  await checkFormat(`[[\n${query.trimEnd()}]]`, whole, 'query.sql');
  await checkFormat(query.replace('from', 'fr[[]]om'), whole, 'query.sql');
});

test('a comment that moves behind its comma moves as a whole', async () => {
  const text = 'SELECT\n    a -- one\n    , b -- two\n    , c\nFROM t\n';
  await checkFormat(text.replace(', b', '[[, b]]'), 'SELECT\n    a,  -- one\n    b -- two\n    , c\nFROM t\n', 'query.sql');
});

test('the lines of a file keep their ends', async () => {
  const text = 'select a,b\r\nfrom   t\r\n where a>1\r\n';
  await checkFormat(text.replace('from   t\r\n', '[[from   t\r\n]]'), 'select a,b\r\nFROM t\r\n where a>1\r\n', 'query.sql');
});

test('any of the steps to a formatted query can be left out', () => {
  const texts = readCorpus('').map(({ text }) => text);
  const apply = (text: string, edits: ReturnType<typeof layoutEdits>): string =>
    documentAfter(
      text,
      edits.map((edit) => ({ ...edit, uri: '' })),
    );
  for (const [index, text] of texts.entries()) {
    const lines = formatSql(text, {
      width: 40,
      oneLine: false,
      keywordCase: 'upper',
      indentation: 0,
      written: ({ start, end }) => text.slice(start, end),
    });
    if (lines === undefined) continue;
    const formatted = lines.map((line) => ' '.repeat(line.indentation) + line.written).join('\n');
    const edits = layoutEdits(text, formatted);
    expect(apply(text, edits)).toBe(formatted);
    const kept = fc.array(fc.boolean(), { minLength: edits.length, maxLength: edits.length });
    fc.assert(
      fc.property(kept, (isKept) => {
        const some = edits.filter((_, at) => isKept[at]);
        expect(contents(apply(text, some))).toEqual(contents(text));
      }),
      { numRuns: 10, seed: index },
    );
  }
});

/** The tokens and the comments of a query, whatever stands between them. */
function contents(text: string): readonly (readonly string[])[] {
  const { tokens, comments } = tokenize(text);
  return [
    tokens.map(({ span }) => text.slice(span.start, span.end).toUpperCase()),
    comments.map(({ span }) => text.slice(span.start, span.end).trimEnd()),
  ];
}
