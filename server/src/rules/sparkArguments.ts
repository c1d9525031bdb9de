// A registration of another provider that was meant for Spark on EMR: one mistake, which the rules about single arguments
// leave to the rule `wrong-provider`.

import { fact, otherEra, type Era } from '../definitions/catalogue';
import { flatEmrKeywords } from '../definitions/eraSigns';
import type { BoundArgument, Registration } from '../definitions/resources';

const sparkKeywords: ReadonlySet<string> = new Set([...flatEmrKeywords, 'executor', 'filestore']);

/** Keywords of which one alone says that Spark on EMR is meant. */
const telling: ReadonlySet<string> = new Set(['emr_cluster_id', 'emr_cluster_region', 'executor', 'filestore']);

/** The arguments of Spark on EMR that were given to the registration of another provider; empty where that is not the case. */
export function argumentsForSpark(registration: Registration, era: Era): readonly BoundArgument[] {
  const { callable, unknown } = registration;
  if (callable === 'register_spark' || !callable.startsWith('register_')) return [];
  const returned = fact(callable, era)?.returns;
  if (returned?.endsWith('Provider') !== true) return [];
  const elsewhere = new Set(fact(callable, otherEra(era))?.parameters.map((parameter) => parameter.name));
  const meant = unknown.filter((argument) => sparkKeywords.has(argument.name) && !elsewhere.has(argument.name));
  return meant.some((argument) => telling.has(argument.name)) ? meant : [];
}
