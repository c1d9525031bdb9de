import { SYMBOL } from '../text/mappedText';
import type { Problem, Rule, RuleContext } from './rule';
import { fileStoreOf } from './storedOnSpark';

export const foreignBucket: Rule = {
  id: 'foreign-bucket',
  severity: 'warning',
  documentation: {
    summary: 'A file lies in another bucket than the file store of its provider.',
    details: `When a file is registered, the backend checks that it exists. It takes the key from the location and looks for it in the bucket
of the provider's file store, whatever bucket the location names: a file that exists elsewhere is reported as missing.
Register it with a provider of that bucket, or copy it.`,
    bad: `s3 = ff.register_s3(name="s3", credentials=aws, bucket_region="us-east-1", bucket_name="warehouse")
spark = ff.register_spark(name="spark", executor=emr, filestore=s3)
transactions = spark.register_file(name="transactions", variant="v1", file_path="s3://landing/transactions.parquet")`,
    good: `s3 = ff.register_s3(name="s3", credentials=aws, bucket_region="us-east-1", bucket_name="warehouse")
spark = ff.register_spark(name="spark", executor=emr, filestore=s3)
transactions = spark.register_file(name="transactions", variant="v1", file_path="s3://warehouse/transactions.parquet")`,
    covers: ['P5'],
  },
  *check(context: RuleContext): Iterable<Problem> {
    const { snapshot, file } = context;
    for (const source of file.definitions.resources) {
      const { location } = source;
      if (location === undefined || source.registration?.receiverClass !== 'OfflineSparkProvider') continue;
      const match = /^(s3a?:\/\/)([^/]+)\//.exec(location.text.value);
      const [, scheme = '', written = ''] = match ?? [];
      const own = fileStoreOf(source, snapshot)?.bucket;
      if (match === null || own === undefined || written.includes(SYMBOL) || written === own.name) continue;
      const at = location.text.sourceLocation({ start: scheme.length, end: scheme.length + written.length });
      yield {
        span: at?.uri === file.uri ? at.span : location.span,
        message: `the bucket "${written}" is not "${own.name}", the bucket of the provider, where the backend looks for the file`,
        related: [{ ...own.argument, message: 'the bucket of the provider' }],
      };
    }
  },
};
