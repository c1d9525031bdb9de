// Registers a source that a query names and nothing defines, in front of the definition.

import { CodeActionKind } from 'vscode-languageserver-types';
import type { Reference, Resource } from '../../definitions/resources';
import type { Diagnosis } from '../../rules/check';
import { overlaps } from '../../text/span';
import type { FileSnapshot, Snapshot } from '../../workspace/snapshot';
import { decoratorOf, placeBefore, type Refactoring } from './refactoring';

export function registerSource(snapshot: Snapshot, file: FileSnapshot, { ruleId, problem }: Diagnosis): Refactoring | undefined {
  if (ruleId !== 'unknown-source') return undefined;
  for (const resource of file.definitions.resources) {
    const reference = resource.references.find((one) => one.type === 'source' && overlaps(one.span, problem.span));
    const provider = decoratorOf(resource)?.provider;
    if (reference === undefined || provider === undefined || resource.registration?.receiverClass !== 'OfflineSparkProvider') continue;
    const call = callOf(snapshot, file, resource, reference);
    if (call === undefined) return undefined;
    const { offset, indent } = placeBefore(file, resource.span);
    const newText = `${indent}${file.text.slice(provider.start, provider.end)}.${call}\n\n`;
    return {
      title: `Register "${idText(reference)}" as a file`,
      kind: CodeActionKind.QuickFix,
      edits: [{ uri: file.uri, span: { start: offset, end: offset }, newText }],
    };
  }
  return undefined;
}

function idText({ name, variant }: Reference): string {
  return variant.kind === 'written' ? `${name.text ?? ''}.${variant.name.text ?? ''}` : (name.text ?? '');
}

/** The path is a proposal: beside another file of the provider, where there is one. */
function callOf(snapshot: Snapshot, file: FileSnapshot, { provider }: Resource, { name, variant }: Reference): string | undefined {
  const plain = /^[\w.-]+$/;
  if (name.text === undefined || !plain.test(name.text)) return undefined;
  if (variant.kind === 'written' && (variant.name.text === undefined || !plain.test(variant.name.text))) return undefined;
  const others = [file, ...snapshot.files.values()].flatMap(({ definitions }) => definitions.resources);
  const beside = others.find((one) => one.location?.text.isConstant === true && one.provider?.name?.key === provider?.name?.key);
  const folder = /^(s3a?:\/\/[\w./-]*\/)[\w.-]*$/.exec(beside?.location?.text.value ?? '')?.[1] ?? 's3://bucket/';
  const written = variant.kind === 'written' ? `, variant="${variant.name.text ?? ''}"` : '';
  return `register_file(name="${name.text}"${written}, file_path="${folder}${name.text}.parquet")`;
}
