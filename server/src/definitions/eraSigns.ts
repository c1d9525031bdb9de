// What tells the era of a workspace: registrations that only one of Featureform's API generations takes.

import type { Reading } from './reading';
import type { Registration } from './resources';

/** Keywords of the flat registration of Spark on EMR (v0.2 and v0.3). */
export const flatEmrKeywords: ReadonlySet<string> = new Set([
  'emr_cluster_id',
  'emr_cluster_region',
  'bucket_path',
  'bucket_region',
  'aws_access_key_id',
  'aws_secret_access_key',
]);

export function noteEra(reading: Reading, registration: Registration): void {
  const keywords = [...registration.arguments, ...registration.unknown].map((argument) => argument.name);
  const has = (name: string): boolean => keywords.includes(name);
  switch (registration.callable) {
    case 'AWSCredentials':
    case 'get_spark_aws':
      reading.addEraSign('legacy', registration.nameSpan);
      break;
    case 'AWSStaticCredentials':
    case 'AWSAssumeRoleCredentials':
      reading.addEraSign('current', registration.nameSpan);
      break;
    case 'EMRCredentials':
      if (has('aws_access_key_id') || has('aws_secret_access_key')) reading.addEraSign('legacy', registration.nameSpan);
      break;
    case 'register_s3':
      if (has('bucket_path')) reading.addEraSign('legacy', registration.nameSpan);
      // `bucket_name` is no sign: it came while AWSCredentials was still there.
      break;
    default:
      if (registration.callable.startsWith('register_') && (has('emr_cluster_id') || has('emr_cluster_region'))) {
        reading.addEraSign('legacy', registration.nameSpan);
      }
  }
}
