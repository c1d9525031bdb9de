// A refusal of S3 as a message, with what the user can do about it.

import { commands, window, type MessageItem } from 'vscode';
import type { S3Problem, S3Remedy } from '../s3/s3Problem';
import { remedyLook } from '../views/s3Items';

/** Waits for the user's answer. */
export async function showS3Problem({ message, remedies }: S3Problem): Promise<void> {
  const items = remedies
    .filter(({ kind }) => kind !== 'retry')
    .map((remedy): MessageItem & { readonly remedy: S3Remedy } => ({ title: remedyLook(remedy).label, remedy }));
  const answer = await window.showErrorMessage(message, ...items);
  if (answer === undefined) return;
  const { command } = remedyLook(answer.remedy);
  await commands.executeCommand(command.command, ...(command.arguments ?? []));
}
