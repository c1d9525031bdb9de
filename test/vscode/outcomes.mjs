// What the runners of the editor's suites return and print: one outcome a test, and their totals.

/** `outcomes`: `{ title, passed, milliseconds, error? }`; a run that broke is one more failed test. */
export function summarize(outcomes, broken) {
  const all =
    broken === undefined ? outcomes : [...outcomes, { title: 'the run as a whole', passed: false, milliseconds: 0, error: String(broken) }];
  const passed = all.filter((outcome) => outcome.passed).length;
  return { passed, failed: all.length - passed, outcomes: all };
}

export function printOutcome({ title, passed, milliseconds, error }) {
  console.log(`  ${passed ? '✓' : '✗'} ${title} (${Math.round(milliseconds)} ms)`);
  if (!error) return;
  // Frames of Node and of the editor say nothing about the cause.
  const lines = error.split('\n').filter((line) => !/^\s+at .*(node:internal|code-server|workbench\.js)/.test(line));
  console.log(lines.map((line) => `      ${line}`).join('\n'));
}

/** Runs as a program: prints, and ends with an exit code that tells whether all passed. */
export async function runAsProgram(run) {
  const { passed, failed } = await run().catch((error) => {
    console.error(error.stack ?? error);
    return summarize([], error);
  });
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}
