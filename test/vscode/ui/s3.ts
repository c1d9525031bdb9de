import assert from 'node:assert/strict';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import type { Workbench } from './workbench';

export function s3Suite(workbench: Workbench): void {
  const newest = '2024-05-03 08:00:00';
  const firstRow = workbench.webview.getByRole('gridcell', { name: '2001-01-01T00:01:00' });
  /** A row by the beginning of its text, and what stands behind that. */
  const row = (label: string, description = '') =>
    workbench.page.locator('.monaco-list-row', { hasText: new RegExp(`^${label}${description}`) });
  const choice = (text: string | RegExp) => workbench.page.locator('.quick-input-widget .monaco-list-row', { hasText: text });

  async function unfold(label: string, below: string): Promise<void> {
    const isOpen = async (): Promise<boolean> => (await row(label).first().getAttribute('aria-expanded')) === 'true';
    await workbench.until(async () => {
      if (!(await isOpen())) await row(label).first().locator('.monaco-tl-twistie').click();
    }, row(below));
  }

  async function openS3View(): Promise<void> {
    await workbench.openView('Sparkform');
    // Room for the rows: the other views are folded.
    for (const name of ['Resources', 'Runs']) {
      const header = workbench.page.locator('.pane-header', { hasText: new RegExp(`^${name}$`) });
      await workbench.until(
        async () => {
          if ((await header.getAttribute('aria-expanded')) === 'true') await header.click();
        },
        workbench.page.locator('.pane-header[aria-expanded="false"]', { hasText: new RegExp(`^${name}$`) }),
      );
    }
  }

  describe('the S3 view', () => {
    it('shows what Featureform has written, the newest run first', async () => {
      await openS3View();
      await row('shop-spark', 's3://shop/').waitFor();
      assert.equal(workbench.s3.gateway.requests.length, 0, 'nothing is asked before somebody unfolds a row');
      await unfold('shop-spark', 'Training Sets');
      await unfold('Transformations', 'daily_orders');
      await unfold('daily_orders', 'v1');
      await unfold('v1', newest);
      await row('2024-05-01 08:00:00', '1.53 kB · 2 files · no _SUCCESS').waitFor();
      await unfold(newest, 'part-00000-0b1c.c000.snappy.parquet');
      await row(newest, '13.5 MB · 1 file').waitFor();
      assert.equal(await row('_SUCCESS').count(), 0);
      assert.deepEqual(workbench.s3.gateway.violations, []);
      await workbench.screenshot('s3-tree');
    });

    it('a run opens as a table, of which no more is read than is shown', async () => {
      workbench.s3.gateway.forget();
      await workbench.chooseFor(row(newest), 'Open as Table', firstRow);
      await workbench.page.locator('.tab.active', { hasText: 'daily_orders.v1' }).waitFor();
      await workbench.webview.getByText('3,000,000 rows').waitFor();
      const { bytes, requests } = workbench.s3.gateway;
      assert.ok(bytes < 2_000_000, `${bytes} of 13,493,022 bytes were read`);
      await workbench.webview.getByText(new RegExp(`^${requests.length} reads, `)).waitFor();
      await workbench.screenshot('s3-table');
    });

    it('and is shown again after the window was reloaded, with where the user was', async () => {
      const there = workbench.webview.locator('.row-number', { hasText: '2,000,000' });
      await workbench.webview.getByLabel('Go to row').fill('2000000');
      await workbench.page.keyboard.press('Enter');
      await there.waitFor();
      const loaded = workbench.page.waitForEvent('domcontentloaded');
      await workbench.runCommand('Developer: Reload Window', workbench.page.locator('body'));
      await loaded;
      await there.waitFor();
      await workbench.page.locator('.tab.active', { hasText: 'daily_orders.v1' }).waitFor();
    });

    it('long listings go on where the user asks for more', async () => {
      await openS3View();
      await unfold('shop-spark', 'Transformations');
      await unfold('Transformations', 'metric_001');
      await row('metric_001').locator('.monaco-icon-label').click();
      await row('v1').waitFor();
      const more = row('Load More', '200 shown');
      await workbench.until(() => workbench.page.keyboard.press('End'), more);
      // Above the training sets, by the keyboard alone.
      await workbench.page.keyboard.press('ArrowUp');
      await workbench.page.locator('.monaco-list-row.focused', { hasText: 'Load More' }).waitFor();
      await workbench.screenshot('s3-more');
      await workbench.page.keyboard.press('Enter');
      await workbench.page.locator('.monaco-list-row.focused', { hasText: 'metric_198' }).waitFor();
      await workbench.until(() => workbench.page.keyboard.press('End'), row('metric_229'));
      assert.equal(await row('Load More').count(), 0);
    });

    it('a file that is no table says so in its editor', async () => {
      const run = row('2024-05-03 09:00:00');
      await row('Training Sets').click();
      // The right arrow unfolds a row, and goes on to the first below it.
      await workbench.soon(async () => {
        if (await run.isVisible()) return true;
        await workbench.page.keyboard.press('ArrowRight');
        return undefined;
      });
      await workbench.click(run, workbench.webview.getByText('This table cannot be shown'));
      await workbench.screenshot('s3-problem');
    });

    it('what S3 refuses says why, and what to do', async () => {
      workbench.s3.gateway.fault = () => ({ kind: 'error', status: 403, code: 'AccessDenied', message: 'Access Denied' });
      await workbench.until(async () => {
        await workbench.page.locator('.pane-header', { hasText: /^S3$/ }).hover();
        await workbench.viewAction('Refresh S3').click();
      }, row('May not be listed by the keys in AWS_ACCESS_KEY_ID: access denied'));
      for (const remedy of ['Choose AWS Profile…', 'Open Settings of S3', 'Try Again']) await row(remedy).waitFor();
      await workbench.screenshot('s3-refused');
      workbench.s3.gateway.forget();
      await workbench.click(row('Try Again'), row('Transformations'));
    });

    it('a preview offers the runs in S3 with their times', async () => {
      await workbench.openFile('definitions.py');
      const lens = workbench.lens('Preview').nth(1);
      // Once: another click would take the focus from the list, and close it.
      await lens.click();
      await choice(newest).waitFor();
      assert.deepEqual(
        await choice(/^/).locator('.label-name').allInnerTexts(),
        [newest, '2024-05-01 08:00:00', 'Run on the Local Spark'].map((text) => ` ${text}`),
      );
      await workbench.screenshot('s3-preview');
      await workbench.page.keyboard.press('Enter');
      await workbench.page.locator('.tab.active', { hasText: 'daily_orders.v1' }).waitFor();
      await workbench.webview.getByText('3,000,000 rows').waitFor();
    });

    it('what was listed for it tells at the definition how its newest output has drifted', async () => {
      const lens = workbench.lens('Output in S3 changed: ');
      await workbench.closeEditors();
      await workbench.openFile('definitions.py');
      assert.equal(await lens.count(), 0, 'nothing is told of runs that nobody has looked at');
      await workbench.lens('Preview').nth(2).click();
      await choice('2024-05-03 10:00:00').waitFor();
      await workbench.page.keyboard.press('Escape');
      await lens.waitFor();
      await workbench.hoverAt(42, 6, 'in S3 changed with its newest run');
      await workbench.screenshot('s3-drift');
      await workbench.page.keyboard.press('Escape');
      // The two have no column in common, so there is no key to ask for.
      await workbench.click(lens, workbench.webview.getByRole('heading', { name: 'Comparison of busy_days.v1 2024-05-02 10:00:00' }));
    });

    it('any location opens, and stays listed', async () => {
      workbench.s3.gateway.forget();
      const firstCell = workbench.webview.getByRole('gridcell').first();
      await workbench.closeEditors();
      await workbench.until(async () => {
        await workbench.page.keyboard.press('F1');
        await workbench.inputBox.fill('>Sparkform: Open S3 Location');
        await choice('Open S3 Location').first().click();
        await workbench.inputBox.fill('s3://sh');
      }, choice('names the bucket "sh"'));
      await workbench.screenshot('s3-location-wrong');
      await workbench.inputBox.fill('s3://shop/featureform/Transformation/daily_orders/v1/2024-05-01-08-00-00-000000');
      await choice('2024-05-01-08-00-00-000000').waitFor();
      await workbench.page.keyboard.press('Enter');
      await firstCell.waitFor();
      await row('daily_orders.v1 2024-05-01 08:00:00', 's3://shop').waitFor();
      await workbench.screenshot('s3-location');
    });

    it('a profile is chosen, and its user signs in', async () => {
      await chooseProfile('analytics');
      await unfold('shop-spark', 'Sign In');
      const signIn = row('Sign In', 'aws sso login --profile analytics');
      await signIn.waitFor();
      await workbench.screenshot('s3-sign-in');
      await workbench.click(signIn, workbench.page.locator('.terminal-wrapper.active'));
      // When the command has ended, what was refused is asked for again.
      await row('Transformations').waitFor();
      await workbench.screenshot('s3-signed-in');
      await workbench.runCommand(
        'Terminal: Kill All Terminals',
        workbench.page.locator('.part.panel.hidden, body:not(:has(.terminal-wrapper))'),
      );
      await chooseProfile('As the Environment Says');
      await row('Transformations').waitFor();
    });

    it('a run is downloaded as a folder, which opens as a table', async () => {
      await unfold('Transformations', 'daily_orders');
      await unfold('daily_orders', 'v1');
      await unfold('v1', newest);
      const folder = workbench.pathOf('downloads');
      mkdirSync(folder);
      await workbench.chooseFor(row('2024-05-01 08:00:00'), 'Download from S3…', workbench.inputBox);
      await workbench.soon(async () => ((await workbench.inputBox.inputValue()).endsWith('/editor/') ? true : undefined));
      await workbench.inputBox.fill(`${folder}/`);
      await workbench.screenshot('s3-download');
      const done = workbench.notification.getByText('2024-05-01-08-00-00-000000 downloaded, 1.53 kB.');
      await workbench.until(() => workbench.inputBox.press('Enter'), done);
      assert.deepEqual(readdirSync(join(folder, '2024-05-01-08-00-00-000000')).toSorted(), ['part-00000.parquet', 'part-00001.parquet']);
      await workbench.notification.getByText('Open as Table', { exact: true }).click();
      await workbench.webview.getByRole('gridcell').first().waitFor();
      await workbench.screenshot('s3-downloaded');
      await workbench.clearNotifications();
    });

    async function chooseProfile(name: string): Promise<void> {
      await workbench.until(async () => {
        await workbench.page.keyboard.press('F1');
        await workbench.inputBox.fill('>Sparkform: Choose AWS Profile');
        await choice('Choose AWS Profile').first().click();
      }, choice('nightly'));
      await workbench.screenshot(`s3-profiles-${name.replaceAll(' ', '-')}`);
      await choice(name).click();
      await choice('nightly').waitFor({ state: 'hidden' });
    }
  });
}
