// Runs the same suites as `runExtensionTests.mjs` in the desktop VS Code, on machines that may download it. `VSCODE_VERSION`
// chooses one; the oldest that the extension promises is the default.

import { runTests } from '@vscode/test-electron';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSuites, extensionSuite } from './buildSuites.mjs';
import { s3Environment } from './runExtensionTests.mjs';
import { copyWorkspace } from './workspaceCopy.mjs';

const repository = resolve(import.meta.dirname, '../..');
const { engines } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));

await buildSuites();
const workspace = copyWorkspace('test/workspaces/editor');
workspace.linkDataset('flights-3m.parquet', 'flights.parquet');
try {
  process.exitCode = await runTests({
    version: process.env.VSCODE_VERSION ?? engines.vscode.replace(/^[^\d]*/, ''),
    extensionDevelopmentPath: repository,
    extensionTestsPath: extensionSuite,
    extensionTestsEnv: await s3Environment(),
    launchArgs: [workspace.folder, '--disable-extensions', '--disable-workspace-trust', '--skip-welcome', '--skip-release-notes'],
  });
} finally {
  workspace.remove();
}
