// Whatever way a query is written in Python, the plan's segments lead each character of it to where it stands.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineIndex } from '../../server/src/text/lineIndex';
import { pathOf } from '../support/memoryHost';
import { openFixture } from '../support/workspaceFixture';

const word = fc.constantFrom(
  'SELECT a',
  ' FROM ',
  'é😀',
  "it''s",
  '\\t',
  '\\u00e9',
  '\\x41',
  '{{src.v1}}',
  ', <<src.v1>>',
  '{{ src.v1 }}',
  '%d',
  'FF_LAST_RUN_TIMESTAMP',
  ' ',
  'b.c',
);
const content = fc.array(word, { maxLength: 6 }).map((words) => words.join(''));
const lines = fc.array(content, { minLength: 1, maxLength: 4 });

/** One piece of a query, each with other ways from the source to the value. */
const piece = fc.oneof(
  content.map((text) => `"${text}"`),
  content.map((text) => `'${text.replaceAll("'", '')}'`),
  content.map((text) => `r"${text}"`),
  lines.map((text) => `"""${text.join('\n')}"""`),
  lines.map((text) => `'''${text.join('\\\n').replaceAll("'", '')}'''`),
  content.map((text) => `f"${text.replaceAll('{', '{{').replaceAll('}', '}}')}{TABLE}"`),
  fc.constant('TABLE'),
  fc.constant('"FROM {{%s.v1}}" % "src"'),
  fc.constant('"FROM {{{{{}.v1}}}}".format("src")'),
  fc.constant('textwrap.dedent("""\n        SELECT *\n          FROM {{src.v1}}\n        """).strip()'),
);
const query = fc.tuple(fc.array(piece, { minLength: 1, maxLength: 4 }), fc.constantFrom(' + ', ' \\\n        + ', ' +\n        '));

// The pieces stand in a comment, since together they are no SQL.
test('exact segments equal their document, and all segments together are the query', async () => {
  await fc.assert(
    fc.asyncProperty(query, fc.constantFrom('\n', '\r\n'), async ([pieces, glue], lineEnd) => {
      const text = `import textwrap
import featureform as ff
TABLE = "{{src.v1}}"
spark = ff.register_spark(name="emr", executor=executor, filestore=store)
spark.register_file(name="src", variant="v1", file_path="s3://lake/src")

@spark.sql_transformation(variant="v1")
def counted():
    return ("SELECT * FROM {{src.v1}} /* "${pieces.map((one) => glue + one).join('')} + " */")
`.replaceAll('\n', lineEnd);
      const { service, texts } = await openFixture(text);
      const answer = service.runPlan({ id: 'counted.v1', engine: 'local', upstream: true });
      if (answer.kind === 'refused') throw new Error(answer.reasons.map(({ message }) => message).join('\n'));
      const [step] = answer.plan.steps;
      if (step?.kind !== 'sql') throw new Error('the step is SQL');
      let end = 0;
      for (const segment of step.segments) {
        expect(segment.start).toBe(end);
        end = segment.end;
        const document = texts.get(pathOf(segment.uri)) ?? '';
        const index = new LineIndex(document);
        const written = document.slice(index.offsetAt(segment.range.start), index.offsetAt(segment.range.end));
        const submitted = step.sql.slice(segment.start, segment.end);
        if (segment.exact) {
          expect(written).toBe(submitted);
          expect(submitted).not.toMatch(/[\r\n]/);
          expect(segment.range.start.line).toBe(segment.range.end.line);
        }
      }
      expect(end).toBe(step.sql.length);
      expect(step.sql).not.toMatch(/\{\{|<<|FF_LAST_RUN/);
    }),
    { numRuns: 150, seed: 7 },
  );
}, 60_000);
