// Methods and functions that are not there, or that fail on the object they are called on.

import { callables, fact, methods, otherEra } from '../../definitions/catalogue';
import { objectOf } from '../../definitions/objects';
import type { Finding } from '../../definitions/resources';
import { editDistance, nearestNames } from '../nearestNames';
import { describeClass, shortName } from '../registrations';
import type { Problem, RuleContext } from '../rule';
import { quotedList } from '../wording';

export function* callFlaws(context: RuleContext): Iterable<Problem> {
  const { findings, registrations } = context.file.definitions;
  for (const finding of findings) {
    const problem = finding.kind === 'unknown-attribute' ? missingMethod(finding, context) : undefined;
    if (problem !== undefined) yield problem;
  }
  if (context.snapshot.era === 'legacy') return;
  for (const { callable, receiver, nameSpan } of registrations) {
    if (callable !== 'OfflineSparkProvider.register_file' && callable !== 'OfflineSparkProvider.register_parquet_file') continue;
    const object = objectOf(receiver);
    if (object?.kind !== 'instance' || object.registration?.callable !== 'get_spark') continue;
    yield {
      span: nameSpan,
      message: `"${shortName(callable)}" fails on a provider from "ff.get_spark", which knows nothing of its file store; expected one from "client.get_spark"`,
    };
  }
}

/** Classes whose methods the catalogue lists completely. */
const complete: ReadonlySet<string> = new Set(['OfflineSparkProvider', 'OfflineSQLProvider', 'OfflineK8sProvider']);

function missingMethod(finding: Finding, context: RuleContext): Problem | undefined {
  const { name, owner, span } = finding;
  const { era } = context.snapshot;
  if (owner === undefined || fact(`${owner}.${name}`, otherEra(era)) !== undefined) return undefined;
  const known = (owner === 'featureform' ? callables(era) : methods(owner, era)).map((entry) => shortName(entry.name));
  const [near] = nearestNames(name, known, 1).filter((candidate) => editDistance(name, candidate) <= 2);
  const place = owner === 'featureform' ? 'the module "featureform"' : describeClass(owner);
  if (near !== undefined && (owner === 'featureform' ? /^(register|get)_/.test(near) : complete.has(owner))) {
    return {
      span,
      message: `${place} has no "${name}"; the nearest is "${near}"`,
      fixes: [{ title: `Use "${near}"`, edits: [{ uri: context.file.uri, span, newText: near }], preferred: true }],
    };
  }
  if (!complete.has(owner) || !name.startsWith('register_')) return undefined;
  const registering = known.filter((method) => method.startsWith('register_'));
  return { span, message: `${place} has no "${name}"; it has ${quotedList(registering, 'and', 8)}` };
}
