// Which texts only stand for a secret that is to be filled in: `<access-key-id>`, `your-password`, `********`.

/** Keys as AWS gives them out; those of its own documentation are not told apart from real ones. */
const awsKey = /^(AKIA|ASIA)[A-Z0-9]{16}$/;
const awsSecret = /^[A-Za-z0-9/+]{40}$/;

const placeholderWords: ReadonlySet<string> = new Set(
  (
    'a an and the my your our this that is in of to for from with some any no not real insert put fill enter replace change me it here value ' +
    'secret secrets key keys id access password pass passwd pwd token api account user username name client server storage ' +
    'aws azure gcp google amazon databricks snowflake redis redshift postgres postgresql clickhouse mongo mongodb cassandra pinecone ' +
    'weaviate featureform spark emr s3 blob cosmos dynamodb bigquery firestore kubernetes ' +
    'example sample dummy fake mock test testing todo tbd placeholder changeme redacted hidden removed masked censored none null empty ' +
    'default quickstart demo local localhost admin root env environment variable string text xxx foo bar baz static cred creds credential credentials'
  ).split(' '),
);

export function isPlaceholder(text: string): boolean {
  const trimmed = text.trim();
  if (awsKey.test(trimmed)) return false;
  if (
    trimmed === '' ||
    /^(<.*>|\[.*\]|\{.*\}|\(.*\)|%.*%|\$\{?[A-Z_]+\}?)$/.test(trimmed) ||
    new Set(trimmed).size <= 2 ||
    /\.{3}|…|\*{3}/.test(trimmed)
  )
    return true;
  if (awsSecret.test(trimmed) && /\d/.test(trimmed) && /[A-Z]/.test(trimmed)) return false;
  const words = trimmed
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
  const digits = trimmed.replace(/\D/g, '').length;
  return words.length > 0 && digits <= 3 && words.every((word) => placeholderWords.has(word) || /^x+$/.test(word));
}
