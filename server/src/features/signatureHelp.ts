import { MarkupKind, type ParameterInformation, type SignatureHelp, type SignatureInformation } from 'vscode-languageserver-types';
import { type SqlFunction, type SqlSignature, sqlFunction } from '../sql/functions/functionTable';
import type { FileSnapshot, Snapshot } from '../workspace/snapshot';
import { registrationSignature } from './registrationSignature';
import { type OpenSqlCall, sqlCursor } from './sqlCalls';
import { signatureText } from './sqlFunctionText';
import { sqlTextAt } from './sqlTextAt';

/** How the call is written that the cursor stands in, and at which of its parameters: of Spark SQL in a query, else of Featureform. */
export function signatureHelp(snapshot: Snapshot, uri: string, offset: number): SignatureHelp | undefined {
  const file = snapshot.files.get(uri);
  if (file === undefined) return undefined;
  return sqlSignatureHelp(file, offset) ?? registrationSignature(snapshot, file, offset);
}

function sqlSignatureHelp(file: FileSnapshot, offset: number): SignatureHelp | undefined {
  const place = sqlTextAt(file, offset);
  if (place === undefined) return undefined;
  const { inside, call } = sqlCursor(place.text.value, place.offset);
  const entry = call === undefined || inside === 'comment' || inside === 'template' ? undefined : sqlFunction(call.name);
  if (entry === undefined || call === undefined) return undefined;
  const signatures = entry.signatures.filter(({ isCall }) => isCall);
  const separators = separatorsIn(signatures, call);
  const chosen = signatures.findIndex((signature) => fits(signature, call.prefix, separators));
  const active = signatures[Math.max(chosen, 0)];
  if (active === undefined) return undefined;
  return {
    signatures: signatures.map((signature) => information(entry, call.name, signature)),
    activeSignature: signatures.indexOf(active),
    activeParameter: activeParameter(active, separators.length),
  };
}

/** True when what is written so far can become a call of this signature. */
function fits({ parameters, repeated }: SqlSignature, prefix: string | undefined, separators: readonly string[]): boolean {
  const prefixes = parameters.flatMap((parameter) => parameter.prefix ?? []);
  if (prefix !== undefined && !prefixes.includes(prefix)) return false;
  if (prefix === undefined && prefixes.length > 0 && separators.length > 0) return false;
  if (repeated === undefined && separators.length >= Math.max(parameters.length, 1)) return false;
  return separators.every((separator, at) => (parameters[at + 1]?.separator ?? ',') === separator);
}

/** Words such as FROM separate arguments only in functions that have them: elsewhere they belong to an expression. */
function separatorsIn(signatures: readonly SqlSignature[], { separators }: OpenSqlCall): readonly string[] {
  const own = new Set(signatures.flatMap(({ parameters }) => parameters.map(({ separator }) => separator)));
  return separators.filter((separator) => separator === ',' || own.has(separator));
}

function activeParameter({ parameters, repeated }: SqlSignature, at: number): number {
  if (repeated === undefined || at < repeated.end) return Math.min(at, Math.max(parameters.length - 1, 0));
  return repeated.start + ((at - repeated.start) % (repeated.end - repeated.start));
}

function information(entry: SqlFunction, name: string, signature: SqlSignature): SignatureInformation {
  return {
    label: signatureText(entry, name, signature),
    documentation: { kind: MarkupKind.Markdown, value: entry.summary },
    parameters: signature.parameters.map(({ span }): ParameterInformation => ({
      label: [name.length + span.start, name.length + span.end],
    })),
  };
}
