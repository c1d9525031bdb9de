import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { allRules } from '../../server/src/rules/allRules';
import { formatRuleDocumentation } from '../../server/src/rules/formatRuleDocumentation';
import { checkRules } from '../support/checkRules';

const command = 'npm run docs:rules';

test(`docs/rules.md says what the rules say; \`${command}\` writes it anew`, async () => {
  await expect(formatRuleDocumentation(allRules, command)).toMatchFileSnapshot('../../docs/rules.md');
});

test('rules have ids of their own, in kebab case', () => {
  const ids = allRules.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
});

test('every condition that needs neither a backend nor real columns is covered', () => {
  const conditions = (letter: string, count: number): readonly string[] =>
    Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);
  const all = [...conditions('T', 14), ...conditions('D', 17), ...conditions('N', 7), ...conditions('P', 10), ...conditions('F', 15)];
  const needMore = ['N3', 'N6', 'N7', 'P10', 'F10', 'F14'];
  const covered = new Set(allRules.flatMap(({ documentation }) => documentation.covers));
  expect(all.filter((condition) => !covered.has(condition))).toEqual(needMore);
});

describe.each(allRules.map((rule) => [rule.id, rule] as const))('%s', (id, { documentation }) => {
  test('has a specification', () => {
    expect(existsSync(new URL(`../specs/rules/${id}.md`, import.meta.url))).toBe(true);
  });

  test('reports its bad example', async () => {
    expect(await reportsOf(documentation.bad)).toContain(id);
  });

  test('passes its good example', async () => {
    expect(await reportsOf(documentation.good)).not.toContain(id);
  });

  async function reportsOf(example: string): Promise<readonly string[]> {
    const { diagnoses } = await checkRules(new Map([['definitions.py', `import featureform as ff\n\n${example}\n`]]));
    return [...diagnoses.values()].flat().map(({ ruleId }) => ruleId);
  }
});
