// What any file can do to names without a variant in all the others.

import type { Registration } from './resources';

/** After it the run has a name that may be the variant of anything. */
export function namesRun({ callable }: Registration): boolean {
  return callable === 'set_run' || callable === 'set_variant_prefix';
}

/** True for what only the last versions of the legacy API have, which write the run behind a name. */
export function isOfLastVersions(registration: Registration): boolean {
  const has = (name: string): boolean => [...registration.arguments, ...registration.unknown].some((argument) => argument.name === name);
  switch (registration.callable) {
    case 'set_run':
      return true;
    case 'AWSCredentials':
      return has('access_key') || has('secret_key');
    case 'register_s3':
      return has('bucket_name');
    case 'OfflineSparkProvider.sql_transformation':
      return has('inputs');
    default:
      return false;
  }
}
