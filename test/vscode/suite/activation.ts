import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { commands, extensions } from 'vscode';
import { activate } from './extensionUnderTest';

export function activationSuite(): void {
  describe('activation', () => {
    it('reads the workspace', async () => {
      await activate();
      assert.equal(extensions.getExtension('sparkform.sparkform')?.isActive, true);
    });

    it('registers every command of the manifest', async () => {
      await activate();
      const contributed = extensions.getExtension('sparkform.sparkform')?.packageJSON as {
        contributes: { commands: { command: string }[] };
      };
      const registered = new Set(await commands.getCommands(true));
      assert.deepEqual(
        contributed.contributes.commands.map(({ command }) => command).filter((command) => !registered.has(command)),
        [],
      );
    });
  });
}
