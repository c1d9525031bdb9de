import { argumentOf, constantText } from '../definitions/arguments';
import type { Resource } from '../definitions/resources';
import type { MappedText } from '../text/mappedText';
import { SYMBOL } from '../text/mappedText';
import type { Span } from '../text/span';
import { contentSpan } from './registrations';
import type { Fix, Problem, Rule, RuleContext } from './rule';
import { allSchemes, fileStoreOf } from './storedOnSpark';
import { quotedList } from './wording';

export const invalidLocation: Rule = {
  id: 'invalid-location',
  severity: 'error',
  documentation: {
    summary: 'A file, bucket or path has a form that the file store does not take.',
    details: `The path of a file is a full URI. On S3 it begins with \`s3://\` or \`s3a://\`, in lower case; \`s3n://\` is not accepted. The
backend tells the format by the suffix: \`.csv\` or \`.parquet\`, in lower case; a folder has no period in its name. A bucket is
given by its name alone. The path of \`register_s3\` is the folder below which Featureform writes: a slash at its end becomes a
double slash in every key, and a path that is the beginning of the word \`featureform\` is treated differently by two parts of
the backend.`,
    bad: `spark = ff.Client().get_spark("emr")

transactions = spark.register_file(name="transactions", variant="v1", file_path="S3://bucket/transactions.json")`,
    good: `spark = ff.Client().get_spark("emr")

transactions = spark.register_file(name="transactions", variant="v1", file_path="s3://bucket/transactions.parquet")`,
    covers: ['P1', 'P3', 'P4', 'P8'],
  },
  *check(context: RuleContext): Iterable<Problem> {
    // Early versions checked neither, and their forms of paths are not known well enough.
    if (context.snapshot.era === 'legacy') return;
    for (const resource of context.file.definitions.resources) {
      if (resource.kind === 'file' || resource.kind === 'parquet-file') yield* checkFile(resource, context);
      if (resource.kind === 'file-store') yield* checkStore(resource, context);
    }
  },
};

function* checkFile(source: Resource, context: RuleContext): Iterable<Problem> {
  const { location } = source;
  if (location === undefined || source.registration?.receiverClass !== 'OfflineSparkProvider') return;
  const text = location.text.value;
  const schemes = fileStoreOf(source, context.snapshot)?.schemes ?? allSchemes;
  const beginning = text.split(SYMBOL, 1)[0] ?? '';
  const symbolic = beginning.length < text.length;
  if (!schemes.some((scheme) => beginning.startsWith(scheme) || (symbolic && scheme.startsWith(beginning)))) {
    yield wrongScheme(beginning, location, schemes, context);
    return;
  }
  const last = lastSegment(text);
  if (last === undefined || last.text.includes(SYMBOL) || !last.text.includes('.')) return;
  const suffix = last.text.slice(last.text.lastIndexOf('.'));
  if (suffix === '.csv' || suffix === '.parquet') return;
  const start = last.start + last.text.length - suffix.length;
  const span = spanOf(location, { start, end: start + suffix.length }, context);
  const lower = suffix.toLowerCase();
  yield {
    span,
    message: `the file name ends in "${suffix}"; expected ".csv", ".parquet" or a folder without a period`,
    ...((lower === '.csv' || lower === '.parquet') && {
      fixes: [{ title: `Write "${lower}"`, edits: [{ uri: context.file.uri, span, newText: lower }], preferred: false }],
    }),
  };
}

type Location = NonNullable<Resource['location']>;

function wrongScheme(beginning: string, location: Location, schemes: readonly string[], context: RuleContext): Problem {
  const written = /^[A-Za-z][\w+.-]*:\/*/.exec(beginning)?.[0];
  const expected = quotedList(schemes, 'or', schemes.length);
  if (written === undefined) {
    return {
      span: spanOf(location, { start: 0, end: beginning.length }, context),
      message: `"${beginning}" has no scheme; expected ${expected} in front`,
    };
  }
  const span = spanOf(location, { start: 0, end: written.length }, context);
  const near = /^s3[an]?:\/*$/i.test(written)
    ? schemes.find((scheme) => scheme === 's3://')
    : schemes.find((scheme) => scheme === written.toLowerCase());
  const fix: Fix | undefined =
    near === undefined || !isExact(location.text, written.length, context)
      ? undefined
      : { title: `Write "${near}"`, edits: [{ uri: context.file.uri, span, newText: near }], preferred: true };
  return { span, message: `the location begins with "${written}"; expected ${expected}`, ...(fix !== undefined && { fixes: [fix] }) };
}

/** The last part of the path behind the bucket, a slash at its end not counted. */
function lastSegment(location: string): { readonly text: string; readonly start: number } | undefined {
  const path = location.replace(/\/+$/, '');
  const bucketStart = path.indexOf('://') + 3;
  const start = path.lastIndexOf('/') + 1;
  return start <= bucketStart ? undefined : { text: path.slice(start), start };
}

function* checkStore(store: Resource, context: RuleContext): Iterable<Problem> {
  const { registration } = store;
  if (registration === undefined) return;
  const { uri } = context.file;
  const bucket = argumentOf(registration, 'bucket_name') ?? argumentOf(registration, 'container_name');
  const name = constantText(bucket?.value);
  if (bucket !== undefined && name !== undefined) {
    const bare = name.replace(/^(s3a?|gs|abfss):\/\//, '');
    if (bare.includes('/')) {
      const span = contentSpan(bucket, uri);
      const trimmed = bare.replace(/\/+$/, '');
      yield {
        span,
        message: `"${name}" holds a slash; "${bucket.name}" takes the name alone${registration.callable === 'register_s3' ? ', and "path" the folder' : ''}`,
        ...(!trimmed.includes('/') &&
          context.file.text.slice(span.start, span.end) === name && {
            fixes: [{ title: `Write "${trimmed}"`, edits: [{ uri, span, newText: trimmed }], preferred: true }],
          }),
      };
    }
  }
  if (registration.callable === 'register_s3') yield* checkFolder(store, context);
}

function* checkFolder({ registration }: Resource, context: RuleContext): Iterable<Problem> {
  const folder = registration === undefined ? undefined : argumentOf(registration, 'path');
  const path = constantText(folder?.value);
  if (folder === undefined || path === undefined || path === '') return;
  const { uri, text } = context.file;
  const span = contentSpan(folder, uri);
  if (path.endsWith('/')) {
    const trimmed = path.replace(/\/+$/, '');
    yield {
      span,
      severity: 'warning',
      message: `the path "${path}" ends with a slash, which becomes a double slash in every key`,
      ...(text.slice(span.start, span.end) === path && {
        fixes: [{ title: 'Remove the slash', edits: [{ uri, span, newText: trimmed }], preferred: true }],
      }),
    };
  } else if ('featureform'.startsWith(path)) {
    yield {
      span,
      severity: 'warning',
      message: `the path "${path}" is a beginning of "featureform", so that parts of the backend look in different places; expected another name`,
    };
  }
}

/** Where a part of the location stands, or the whole argument where it was written somewhere else. */
function spanOf(location: Location, part: Span, context: RuleContext): Span {
  const written = location.text.sourceLocation(part);
  return written?.uri === context.file.uri ? written.span : location.span;
}

function isExact(text: MappedText, length: number, context: RuleContext): boolean {
  const written = text.sourceLocation({ start: 0, end: length });
  return written?.uri === context.file.uri && context.file.text.slice(written.span.start, written.span.end) === text.value.slice(0, length);
}
