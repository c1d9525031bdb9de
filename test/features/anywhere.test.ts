// Broken code is normal: every feature answers at every place of every text, whatever is done to it.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLanguageService } from '../../server/src/languageService';
import { LineIndex } from '../../server/src/text/lineIndex';
import { MemoryHost, uriOf } from '../support/memoryHost';
import { pythonForTests } from '../support/python';
import { editsOf } from '../support/workspaceEdits';

const definitions = `import featureform as ff
store = ff.register_s3(name="s3", credentials=ff.AWSAssumeRoleCredentials(), bucket_region="us-east-1", bucket_name="lake")
spark = ff.register_spark(name="emr", executor=executor, filestore=store)
src = spark.register_file(name="src", variant="v1", file_path="s3://b/t.csv")

@spark.sql_transformation(variant="v1", inputs=[("src", "v1")])
def average(tx):
    """Averages. 😀"""
    return """SELECT *, coalesce(trim(BOTH 'x' FROM name), date_add(DAY, 1 FROM {{ tx }}
        JOIN <<src.v1>> -- {{src.v2}}
    """

@spark.df_transformation(variant="v1", inputs=[("average", "v1"), src])
def rounded(df, src):
    return df

@ff.entity
class User:
    avg = ff.Feature(average[["id", "amount"]], variant="v1", type=ff.Float32)
    fraud = ff.Label(src[["id", "fraud"]], variant="v1", type=ff.Bool)

ff.register_training_set("set", "v1", features=[("avg", "v1"), {"feature": "avg", "variant": "v1"}], label=("fraud", "v1"))
`;

const mutation = fc.record({
  at: fc.nat({ max: definitions.length }),
  remove: fc.nat({ max: 40 }),
  insert: fc.oneof(
    fc.constantFrom('{{', '}}', '<<', '"', "'", '"""', '(', ')', '[', '\n', '\\', '#', '@', '\r', 'def f(', '\u0000', '\ud800'),
    fc.string({ maxLength: 5 }),
  ),
});

test('nothing throws on mutated definitions, and ranges stay inside the document', async () => {
  const uri = uriOf('definitions.py');
  const service = await createLanguageService({ host: new MemoryHost([]), python: pythonForTests() });
  await service.load();
  fc.assert(
    fc.property(
      fc.array(mutation, { minLength: 1, maxLength: 4 }),
      fc.array(fc.nat({ max: definitions.length }), { minLength: 5, maxLength: 5 }),
      (mutations, places) => {
        let text = definitions;
        for (const { at, remove, insert } of mutations) text = text.slice(0, at) + insert + text.slice(at + remove);
        service.update(uri, text);
        const lines = new LineIndex(text);
        const inside = ({ start, end }: { start: { line: number; character: number }; end: { line: number; character: number } }): void => {
          expect(lines.positionAt(lines.offsetAt(start))).toEqual(start);
          expect(lines.positionAt(lines.offsetAt(end))).toEqual(end);
        };
        for (const { range } of service.diagnostics(uri)) inside(range);
        for (const symbol of service.documentSymbol(uri)) inside(symbol.range);
        for (const { range } of service.codeLens(uri).map((lens) => service.codeLensResolve(lens))) inside(range);
        for (const { startLine, endLine } of service.structure.foldingRange(uri, { wholeLines: true, limit: 100 }) ?? []) {
          expect(startLine).toBeLessThan(endLine);
          expect(endLine).toBeLessThan(lines.lineCount);
        }
        const tokens = service.structure.semanticTokens(uri)?.data ?? [];
        let [line, character] = [0, 0];
        for (let at = 0; at < tokens.length; at += 5) {
          const [down = 0, right = 0, length = 0] = tokens.slice(at, at + 3);
          [line, character] = [line + down, down === 0 ? character + right : right];
          inside({ start: { line, character }, end: { line, character: character + length } });
        }
        for (const place of places) {
          const position = lines.positionAt(Math.min(place, text.length));
          for (const step of service.structure.selectionRange(uri, [position]) ?? []) inside(step.range);
          for (const typed of ['}', '>']) {
            for (const edit of service.structure.onTypeFormatting(uri, position, typed) ?? []) inside(edit.range);
          }
          const range = service.hover(uri, position)?.range;
          if (range !== undefined) inside(range);
          for (const { label, parameters = [] } of service.signatureHelp(uri, position)?.signatures ?? []) {
            for (const { label: span } of parameters) expect(span[1]).toBeLessThanOrEqual(label.length);
          }
          service.completion(uri, position)?.items.map((item) => service.completionResolve(item));
          for (const location of service.references(uri, position, { includeDeclaration: true })) inside(location.range);
          for (const highlight of service.documentHighlight(uri, position)) inside(highlight.range);
          for (const link of service.definition(uri, position)) inside(link.targetSelectionRange);
          for (const link of [...service.typeDefinition(uri, position), ...service.implementation(uri, position)]) {
            inside(link.targetSelectionRange);
          }
          for (const item of service.prepareCallHierarchy(uri, position)) {
            inside(item.range);
            for (const { fromRanges } of [...service.incomingCalls(item), ...service.outgoingCalls(item)]) fromRanges.forEach(inside);
          }
          const prepared = service.prepareRename(uri, position);
          if (prepared?.kind === 'place') inside(prepared.range);
          const renamed = service.rename(uri, position, 'zyxwv', { annotated: false });
          if (renamed?.kind === 'edit') for (const edits of editsOf(renamed.edit).values()) for (const { range } of edits) inside(range);
          for (const { edit } of service.codeAction(uri, { start: position, end: position }, { disabled: true })) {
            for (const edits of editsOf(edit ?? {}).values()) for (const { range } of edits) inside(range);
          }
        }
        const whole = { start: lines.positionAt(0), end: lines.positionAt(text.length) };
        const point = ({ position }: { position: { line: number; character: number } }): void => {
          inside({ start: position, end: position });
        };
        service.inlayHint(uri, whole, { variants: true, outputLocations: true }).forEach(point);
        for (const { id } of service.resources().resources) service.runPlan({ id, engine: 'local', upstream: true });
      },
    ),
    { numRuns: 300, seed: 11 },
  );
}, 120_000);
