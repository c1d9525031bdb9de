// Installs a real VS Code (code-server) and the Node it runs on from npm, once, in the user's cache folder: every clone
// finds it there.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** code-server 4.X.Y carries VS Code 1.X.Y; from 4.133 on it wants Node 24. */
export const codeServerVersion = '4.139.1';
const nodeVersion = '24.21.0';
const nodePackage = `node-linux-${process.arch}`;

const cacheFolder = process.env.SPARKFORM_CACHE || join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'sparkform');

/**
 * The installation, made on first use (about 40 s). It is put together beside its final place and moved there as a whole,
 * so that an interrupted installation is never taken for a complete one.
 */
export function ensureCodeServer() {
  const folder = join(cacheFolder, `code-server-${codeServerVersion}`);
  if (!existsSync(folder)) {
    if (process.platform !== 'linux') throw new Error('The editor for tests runs on Linux; elsewhere use: npm run test:electron');
    removeAbandoned();
    console.log(`Installing code-server ${codeServerVersion}…`);
    const partial = `${folder}.partial-${process.pid}`;
    install(partial);
    try {
      renameSync(partial, folder);
    } catch (error) {
      // Another process was faster: its installation is as good.
      if (!existsSync(folder)) throw error;
      rmSync(partial, { recursive: true, force: true });
    }
  }
  return layout(folder);
}

function layout(folder) {
  const modules = join(folder, 'node_modules');
  const nodeFolder = join(modules, nodePackage);
  return {
    nodeFolder,
    node: join(nodeFolder, 'bin', 'node'),
    codeServer: join(modules, 'code-server'),
    entry: join(modules, 'code-server', 'out', 'node', 'entry.js'),
  };
}

/** What installations left behind that were interrupted; those of living processes stay. */
function removeAbandoned() {
  mkdirSync(cacheFolder, { recursive: true });
  for (const name of readdirSync(cacheFolder)) {
    const pid = /^code-server-.*\.partial-(\d+)$/.exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) rmSync(join(cacheFolder, name), { recursive: true, force: true });
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/**
 * code-server's own install script compiles eight native modules and wants system libraries for them. Only two are missed
 * without it, the parent's watchdog and the file logger; all others lie prebuilt in the registry.
 */
function install(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, name: 'editor-for-tests', version: '0.0.0' }));
  npm(folder, ['install', '--ignore-scripts', `${nodePackage}@${nodeVersion}`, `code-server@${codeServerVersion}`]);

  const { nodeFolder, codeServer } = layout(folder);
  const vscode = join(codeServer, 'lib', 'vscode');
  npm(vscode, ['install', '--omit=dev', '--ignore-scripts'], nodeFolder);
  npm(join(vscode, 'extensions'), ['install', '--omit=dev', '--ignore-scripts'], nodeFolder);
  for (const name of ['@vscode/native-watchdog', '@vscode/spdlog']) npm(vscode, ['rebuild', name], nodeFolder);

  const unneeded = [
    'node_modules/@github',
    'node_modules/@microsoft/mxc-sdk',
    'extensions/copilot',
    'extensions/mermaid-markdown-features',
  ];
  const platform = `linux-${process.arch}`;
  const otherPlatforms = ['node_modules/@vscode/ripgrep-universal/bin', 'node_modules/node-pty/prebuilds']
    .filter((path) => existsSync(join(vscode, path)))
    .flatMap((path) => readdirSync(join(vscode, path)).flatMap((name) => (name === platform ? [] : [join(path, name)])));
  for (const path of [...unneeded, ...otherPlatforms]) rmSync(join(vscode, path), { recursive: true, force: true });
}

/** Runs npm, on the installed Node and against its headers once there is one. */
function npm(cwd, args, nodeFolder) {
  const own = nodeFolder
    ? { PATH: `${join(nodeFolder, 'bin')}:${process.env.PATH}`, npm_config_nodedir: nodeFolder, npm_config_yes: 'true' }
    : {};
  const words = [...args, '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, stdout, stderr } = spawnSync('npm', words, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...environmentForNpm(), ...own },
  });
  if (status !== 0) throw new Error(`npm ${args.join(' ')} in ${dirname(cwd)}: exit code ${status}\n${stdout}${stderr}`);
}

/** An outer `npm test` exports the project's own configuration: only what says where packages come from is handed on. */
function environmentForNpm() {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^npm_/i.test(name) || /registry|cafile|proxy|userconfig|cache$/i.test(name),
  );
  const environment = Object.fromEntries(kept);
  delete environment.NODE_ENV;
  delete environment.NODE_OPTIONS;
  return environment;
}
