// Runs every Markdown specification below this folder: all rules over all files of each case, every diagnostic expected.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Diagnosis } from '../../server/src/rules/check';
import type { TextEdit } from '../../server/src/rules/rule';
import { defaultProject, parseProject, type Project } from '../../server/src/workspace/project';
import { checkRules, type CheckedWorkspace } from '../support/checkRules';
import { type Annotation, formatAnnotations, parseAnnotations } from '../support/fixture/annotations';
import { parseSpecification, type FixedText, type SpecificationCase } from '../support/fixture/specification';
import { pathOf, uriOf } from '../support/memoryHost';

const folder = dirname(fileURLToPath(import.meta.url));

const specifications = readdirSync(join(folder, 'rules'), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.md'));

for (const path of specifications.sort()) {
  describe(path, () => {
    for (const specification of parseSpecification(readFileSync(join(folder, 'rules', path), 'utf8'))) {
      test(`${specification.title} (line ${specification.line})`, () => runCase(specification));
    }
  });
}

async function runCase(specification: SpecificationCase): Promise<void> {
  const parsed = new Map([...specification.files].map(([path, text]) => [path, parseAnnotations(text)] as const));
  const texts = new Map([...parsed].map(([path, { text }]) => [path, text] as const));
  const project = projectOf(specification);
  const checked = await checkRules(texts, project);
  const actual: string[] = [];
  const expected: string[] = [];
  for (const [path, { text, annotations }] of parsed) {
    const found = (checked.diagnoses.get(path) ?? []).map((diagnosis) => annotationOf(diagnosis, annotations, checked));
    actual.push(`# ${path}\n${formatAnnotations(text, found)}`);
    expected.push(`# ${path}\n${formatAnnotations(text, annotations)}`);
  }
  expect(actual.join('\n')).toBe(expected.join('\n'));
  const listed = [...parsed.values()].flatMap(({ annotations }) => annotations).filter(({ fixes }) => fixes.length > 0);
  for (const fixed of specification.fixed) await checkFix(fixed, listed, texts, checked, project);
}

function projectOf({ project: text, era }: SpecificationCase): Project {
  const { project, problems } = text === undefined ? { project: defaultProject, problems: [] } : parseProject(text);
  expect(problems).toEqual([]);
  if (era === undefined) return project;
  if (era !== 'legacy' && era !== 'current' && era !== 'auto') throw new Error(`"${era}" is no era`);
  return { ...project, featureform: era };
}

/** The diagnosis as an annotation; fixes and related places only where the specification lists them. */
function annotationOf(
  { ruleId, severity, problem }: Diagnosis,
  expected: readonly Annotation[],
  { snapshot }: CheckedWorkspace,
): Annotation {
  const { span, message, fixes = [], related = [] } = problem;
  const same = expected.find((each) => each.ruleId === ruleId && each.span.start === span.start && each.message === message);
  return {
    span,
    severity,
    ruleId,
    message,
    fixes: same?.fixes.length === 0 ? [] : fixes.map(({ title }) => title),
    related:
      same?.related.length === 0
        ? []
        : related.map((each) => {
            const line = snapshot.files.get(each.uri)?.lines.positionAt(each.span.start).line ?? 0;
            return `${pathOf(each.uri)}:${line + 1} ${each.message}`;
          }),
  };
}

/** Applies the fixes, compares the text, and expects what they repair to be gone. */
async function checkFix(
  fixed: FixedText,
  listed: readonly Annotation[],
  texts: ReadonlyMap<string, string>,
  { diagnoses }: CheckedWorkspace,
  project: Project,
): Promise<void> {
  const edits: TextEdit[] = [];
  const repaired: string[] = [];
  for (const { ruleId, problem } of [...diagnoses.values()].flat()) {
    const wanted = listed.filter((each) => each.ruleId === ruleId && each.message === problem.message).map(({ fixes }) => fixes[0]);
    const fix = (problem.fixes ?? []).find(({ title }) => (fixed.title === undefined ? wanted.includes(title) : title === fixed.title));
    if (fix === undefined) continue;
    edits.push(...fix.edits);
    repaired.push(`${ruleId}: ${problem.message}`);
  }
  expect(repaired, `a fix ${fixed.title ?? 'that is listed'}`).not.toEqual([]);
  const after = new Map(
    [...texts].map(
      ([path, text]) =>
        [
          path,
          applyEdits(
            text,
            edits.filter(({ uri }) => uri === uriOf(path)),
          ),
        ] as const,
    ),
  );
  expect(after.get(fixed.path)).toBe(fixed.text);
  const rest = await checkRules(after, project);
  const remaining = [...rest.diagnoses.values()].flat().map(({ ruleId, problem }) => `${ruleId}: ${problem.message}`);
  for (const message of repaired) expect(remaining).not.toContain(message);
}

/** As an editor does: insertions at one place stand in the order of the edits. */
function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let from = 0;
  for (const { span, newText } of [...edits].sort((a, b) => a.span.start - b.span.start)) {
    result += text.slice(from, span.start) + newText;
    from = span.end;
  }
  return result + text.slice(from);
}
