// Runs in the extension host of a real editor: how long the extension takes from nothing to active, and to a read workspace.

import { writeFileSync } from 'node:fs';
import { extensions } from 'vscode';
import type { ExtensionApi } from '../../client/src/extensionApi';

export async function run(): Promise<void> {
  const extension = extensions.getExtension<ExtensionApi>('sparkform.sparkform');
  const file = process.env['SPARKFORM_TEST_OUTCOMES'];
  if (extension === undefined || file === undefined) throw new Error('the extension is not installed, or nobody listens');
  if (extension.isActive) throw new Error('the extension was active before it was measured');
  const start = performance.now();
  const api = await extension.activate();
  const active = performance.now() - start;
  await api.ready;
  writeFileSync(file, JSON.stringify({ active, ready: performance.now() - start }));
}
