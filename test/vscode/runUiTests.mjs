// Installs the packaged extension into a real VS Code and drives its workbench in a browser, as a user would.

import { chromium } from 'playwright-core';
import { createRequire } from 'node:module';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSuites, s3ServerModule, uiSuite } from './buildSuites.mjs';
import { chromiumArguments, ensureChromium } from './chromium.mjs';
import { remoteUri, startCodeServer, workbenchUrl } from './codeServer.mjs';
import { printOutcome, runAsProgram, summarize } from './outcomes.mjs';
import { packageExtension } from './package.mjs';
import { copyWorkspace } from './workspaceCopy.mjs';

const require = createRequire(import.meta.url);
const repository = resolve(import.meta.dirname, '../..');
/** `SPARKFORM_TEST_THEME` chooses another one, to look at the pictures. */
const theme = process.env.SPARKFORM_TEST_THEME ?? 'Default Dark Modern';
const screenshots = join(repository, 'build/screenshots', process.env.SPARKFORM_TEST_THEME === undefined ? '' : theme.replaceAll(' ', '-'));
const settings = { 'workbench.colorTheme': theme, 'editor.minimap.enabled': false, 'editor.hover.delay': 100 };

/** One workbench each: what is open in it, and which suites it is driven by. Names on the command line choose some of them. */
const sessions = [
  { suites: 'trusted', prepare: prepareShopWithRuns, openFile: 'definitions.py' },
  { suites: 'restricted', prepare: prepareShop, openFile: 'definitions.py', trusted: false },
  { suites: 'folders', prepare: prepareFolders, openFile: 'north/definitions.py' },
  // What a URL opens would take the place of what a reload brings back.
  { suites: 's3', prepare: prepareS3 },
  { suites: 'empty', prepare: prepareEmpty },
];

/** What the table in parts may have been before, to be compared with: a row is missing, and one had another value. */
const earlierParts = [
  ['dt=2024-01-01/label=a%2Fb/n=1', 'dt=2024-01-01/label=a%2Fb/n=7'],
  ['dt=2024-01-02/label=c d/n=10', 'dt=2024-01-02/label=c d/n=10'],
];

export async function runUiTests(chosen = []) {
  await buildSuites();
  mkdirSync(screenshots, { recursive: true });
  const vsix = await packageExtension(join(repository, 'build/sparkform.vsix'));
  const outcomes = [];
  const broken = [];
  for (const session of sessions) {
    if (chosen.length > 0 && !chosen.includes(session.suites)) continue;
    try {
      await runSession({ vsix, ...session }, outcomes);
    } catch (error) {
      // The other sessions have nothing to do with it.
      broken.push(error.stack ?? error);
      console.error(error);
    }
  }
  return summarize(outcomes, broken.length === 0 ? undefined : broken.join('\n'));
}

function prepareShop() {
  const workspace = copyWorkspace('test/workspaces/editor');
  workspace.linkDataset('flights-3m.parquet', 'flights.parquet');
  workspace.copyTable('partitioned.parquet');
  for (const [now, before] of earlierParts)
    cpSync(join(workspace.folder, 'partitioned.parquet', now), join(workspace.folder, 'earlier.parquet', before), { recursive: true });
  return { ...workspace, opened: workspace.folder };
}

/** The same with two runs, of which the newer one had another result. */
function prepareShopWithRuns() {
  const workspace = prepareShop();
  workspace.writeRun('20200102-030405-678-abcdef', 'busy_days.v1', 'flights.parquet');
  workspace.writeRun('20200103-030405-678-abcdef', 'busy_days.v1', 'partitioned.parquet');
  return workspace;
}

/** Two shops in one workspace, which define the same names. */
function prepareFolders() {
  const workspace = copyWorkspace('test/workspaces/editor');
  const north = join(workspace.folder, 'north');
  for (const name of ['north', 'south']) workspace.copyInto(name);
  writeFileSync(join(north, 'sparkform.json'), JSON.stringify({ locations: { 's3://shop/': '../south/data/' } }));
  const opened = join(workspace.folder, 'shops.code-workspace');
  writeFileSync(opened, JSON.stringify({ folders: [{ path: 'north' }, { path: 'south' }] }));
  return { ...workspace, opened };
}

/** A shop whose outputs lie in S3. */
async function prepareS3() {
  const shop = prepareShop();
  const { S3Server } = await import(s3ServerModule);
  const s3 = await S3Server.start();
  await s3.createBucket('shop');
  const outputs = 'featureform/Transformation';
  const dataset = join(repository, 'node_modules/vega-datasets/data/flights-3m.parquet');
  const run = `${outputs}/daily_orders/v1/2024-05-03-08-00-00-000000`;
  await s3.upload(dataset, `${run}/part-00000-0b1c.c000.snappy.parquet`, 'shop');
  await s3.put(`${run}/_SUCCESS`, '', undefined, 'shop');
  const earlier = `${outputs}/daily_orders/v1/2024-05-01-08-00-00-000000`;
  for (const part of ['part-00000.parquet', 'part-00001.parquet'])
    await s3.upload(join(repository, 'test/tables/parts.parquet', part), `${earlier}/${part}`, 'shop');
  // Of another definition, the newest is not like the one before.
  for (const [day, part] of [
    ['02', join(repository, 'test/tables/doubles.parquet')],
    ['03', join(repository, 'test/tables/parts.parquet/part-00000.parquet')],
  ]) {
    const dated = `${outputs}/busy_days/v1/2024-05-${day}-10-00-00-000000`;
    await s3.upload(part, `${dated}/part-00000.parquet`, 'shop');
    await s3.put(`${dated}/_SUCCESS`, '', undefined, 'shop');
  }
  await s3.put(
    'featureform/TrainingSet/fraud/v1/2024-05-03-09-00-00-000000/part-00000-2d3e.c000.snappy.parquet',
    'no parquet',
    undefined,
    'shop',
  );
  for (let number = 0; number < 230; number++) {
    const name = `metric_${String(number).padStart(3, '0')}`;
    await s3.put(`${outputs}/${name}/v1/2024-05-01-08-00-00-000000/_SUCCESS`, '', undefined, 'shop');
  }
  const aws = writeAwsProfiles(s3.env);
  return {
    ...shop,
    environment: { ...s3.env, ...aws.environment },
    s3,
    remove: async () => {
      shop.remove();
      rmSync(aws.folder, { recursive: true });
      await s3.dispose();
    },
  };
}

/** A home with profiles to choose from, one of which asks its user to sign in by a double of the AWS command line. */
function writeAwsProfiles({ AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY }) {
  const folder = mkdtempSync(join(tmpdir(), 'sparkform-aws-'));
  const config = join(folder, 'config');
  writeFileSync(
    config,
    `[profile analytics]
region = us-east-1
sso_session = shop
sso_account_id = 111122223333
sso_role_name = reader
[sso-session shop]
sso_region = us-east-1
sso_start_url = https://shop.awsapps.com/start
[profile nightly]
role_arn = arn:aws:iam::111122223333:role/nightly
source_profile = analytics
`,
  );
  const keys = { Version: 1, AccessKeyId: AWS_ACCESS_KEY_ID, SecretAccessKey: AWS_SECRET_ACCESS_KEY };
  // As version 2 of the command line answers, with its exit codes.
  writeFileSync(
    join(folder, 'aws'),
    `#!/bin/sh
signed_in='${join(folder, 'signed-in')}'
case "$*" in
'sso login --profile analytics')
  touch "$signed_in"
  echo 'Successfully logged into Start URL: https://shop.awsapps.com/start' ;;
'configure export-credentials --format process --profile analytics')
  [ -e "$signed_in" ] || { echo 'Error when retrieving token from sso: Token has expired and refresh failed' >&2; exit 255; }
  echo '${JSON.stringify(keys)}' ;;
*)
  echo "aws: error: $*" >&2
  exit 252 ;;
esac
`,
    { mode: 0o755 },
  );
  // The editor takes its environment from the user's shell.
  for (const name of ['.bash_profile', '.bashrc']) writeFileSync(join(folder, name), `PATH='${folder}':"$PATH"\n`);
  return { folder, environment: { AWS_CONFIG_FILE: config, HOME: folder, SHELL: '/bin/bash' } };
}

function prepareEmpty() {
  const workspace = copyWorkspace('test/workspaces/editor');
  const opened = join(workspace.folder, 'empty');
  mkdirSync(opened);
  return { ...workspace, opened };
}

/** One workbench, from its start to its end. */
async function runSession({ vsix, suites, prepare, openFile, trusted = true }, outcomes) {
  const executablePath = ensureChromium();
  const workspace = await prepare();
  let server;
  let browser;
  try {
    server = await startCodeServer({ vsix, settings, trusted, environment: workspace.environment });
    browser = await chromium.launch({ executablePath, args: chromiumArguments, timeout: 120_000 });
    const page = await browser.newPage({ viewport: { width: 1280, height: 1100 } });
    // A busy machine takes its time; each wait ends with its condition.
    page.setDefaultTimeout(60_000);
    page.setDefaultNavigationTimeout(180_000);
    const payload = openFile === undefined ? [] : [['openFile', remoteUri(server, join(workspace.folder, openFile))]];
    await page.goto(workbenchUrl(server, workspace.opened, payload), { waitUntil: 'domcontentloaded' });
    const session = { page, screenshots, folder: workspace.folder, processOf: server.processOf, s3: workspace.s3 };
    const run = require(uiSuite).runSuites(suites, session, (outcome) => {
      outcomes.push(outcome);
      printOutcome(outcome);
    });
    await Promise.race([run, server.exited]);
  } finally {
    await browser?.close();
    await server?.stop();
    await workspace.remove();
  }
}

if (process.argv[1] === import.meta.filename) await runAsProgram(() => runUiTests(process.argv.slice(2)));
