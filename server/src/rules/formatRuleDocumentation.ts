// Writes `docs/rules.md`, so that what people read about a rule is what stands beside its check.

import type { Rule } from './rule';

/** The page of all rules, in Markdown; `regenerate` is the command that writes it. */
export function formatRuleDocumentation(rules: readonly Rule[], regenerate: string): string {
  const rows = rules.map(({ id, severity, documentation }) => `| [\`${id}\`](#${id}) | ${severity} | ${documentation.summary} |`);
  return [
    `<!-- Written by \`${regenerate}\` from the rules themselves. -->`,
    '',
    '# Rules',
    '',
    'An error is what Featureform refuses or what must fail when it runs; a warning is what it takes and gets wrong. Nothing is said of what',
    'depends on values that only the run time knows.',
    '',
    'The severity of a rule is set in `sparkform.json`, where `"off"` switches it off:',
    '',
    '```json',
    '{ "rules": { "hardcoded-secret": "error", "unused-input": "off" } }',
    '```',
    '',
    'A comment at the end of a line silences what begins there: `# sparkform: ignore[rule-id]`, `# sparkform: ignore[rule-a, rule-b]`, or',
    '`# sparkform: ignore` for all rules. Inside a triple-quoted string, and before a backslash at the end of a line, no comment can stand:',
    'it goes behind the next line that can hold one, usually that of the closing quotes, or behind a decorator or the `def` of the function.',
    '',
    '| rule | severity | reports |',
    '| --- | --- | --- |',
    ...rows,
    '',
    ...rules.flatMap(formatRule),
  ].join('\n');
}

function formatRule({ id, severity, documentation }: Rule): readonly string[] {
  const { summary, details, bad, good, covers } = documentation;
  return [
    `## ${id}`,
    '',
    `${summary} Severity: ${severity}.${covers.length === 0 ? '' : ` Covers ${covers.join(', ')}.`}`,
    '',
    details,
    '',
    'Reported:',
    '',
    '```python',
    bad,
    '```',
    '',
    'Right:',
    '',
    '```python',
    good,
    '```',
    '',
  ];
}
