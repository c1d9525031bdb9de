// With whose credentials S3 is read: choosing one of the user's profiles, and signing in.

import { ConfigurationTarget, window, workspace, type QuickPickItem } from 'vscode';
import { loadAwsConfiguration, type AwsConfiguration } from '../../../shared/s3/awsConfiguration';
import { signInCommand } from '../s3/s3Problem';
import { readS3Settings } from '../settings';
import type { Services } from './services';

interface ProfilePick extends QuickPickItem {
  readonly profile: string;
}

export async function chooseAwsProfile(): Promise<void> {
  const configuration = await loadAwsConfiguration(process.env);
  if (configuration.profiles.length === 0) {
    const { configFile, credentialsFile } = configuration;
    void window.showInformationMessage(`There are no AWS profiles in ${configFile} and ${credentialsFile}. “aws configure sso” makes one.`);
    return;
  }
  const current = readS3Settings().profile ?? '';
  const usual = process.env['AWS_PROFILE'] ?? 'default';
  const usualPick: ProfilePick = {
    label: 'As the Environment Says',
    description: usual,
    detail: 'AWS_PROFILE, or the profile “default”',
    profile: '',
  };
  const picks = [usualPick, ...configuration.profiles.map((name) => profilePick(configuration, name))].map((pick) =>
    pick.profile === current ? { ...pick, label: `$(check) ${pick.label}` } : pick,
  );
  const chosen = await window.showQuickPick(picks, {
    title: 'Choose AWS Profile',
    placeHolder: 'Read S3 with the profile',
    matchOnDescription: true,
  });
  if (chosen === undefined) return;
  const settings = workspace.getConfiguration('sparkform');
  // Where the workspace chooses, its choice would hide that of the user.
  const isOfWorkspace = settings.inspect('s3.profile')?.workspaceValue !== undefined;
  await settings.update(
    's3.profile',
    chosen.profile || undefined,
    isOfWorkspace ? ConfigurationTarget.Workspace : ConfigurationTarget.Global,
  );
}

/** Runs the command of AWS that a refusal names, or that of the chosen profile, where the user can see it. */
export function signInToAws({ s3 }: Services, argument: unknown): void {
  const { profile } = readS3Settings();
  const usual = `aws sso login${profile === undefined ? '' : ` --profile ${JSON.stringify(profile)}`}`;
  const asked = typeof argument === 'string' ? argument : usual;
  // Nothing but such a command is ever run.
  if (signInCommand(asked) !== asked) throw new Error(`“${asked}” is no command that signs in to AWS.`);
  const terminal = window.createTerminal({ name: 'AWS', message: 'Sparkform lists S3 again when you have signed in.' });
  const ended = window.onDidEndTerminalShellExecution((event) => {
    if (event.terminal !== terminal || event.exitCode !== 0) return;
    s3.access.renew();
    s3.tree.refresh();
  });
  const closed = window.onDidCloseTerminal((one) => {
    if (one !== terminal) return;
    ended.dispose();
    closed.dispose();
  });
  terminal.show();
  terminal.sendText(asked);
}

/** Where the credentials of a profile come from, in a few words. */
function profilePick(configuration: AwsConfiguration, name: string): ProfilePick {
  const settings = configuration.profile(name)?.settings ?? new Map<string, string>();
  const has = (key: string): boolean => settings.has(key);
  const origin = has('role_arn')
    ? 'assumes a role'
    : has('sso_session') || has('sso_start_url')
      ? 'single sign-on'
      : has('login_session')
        ? 'sign-in by browser'
        : has('credential_process')
          ? 'credentials of a program'
          : has('aws_access_key_id')
            ? 'access key'
            : undefined;
  return { label: name, description: [origin, settings.get('region')].filter(Boolean).join(' · '), profile: name };
}
