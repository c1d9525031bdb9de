// What looks like parquet and must not be read as such: folders of table formats, whose files hold deleted rows as well
// (those of Iceberg are read by their metadata), and files of other formats under the name of a parquet file. For Delta
// no maintained library reads the log in Node.

import type { ByteSource } from './byteSource';
import { TableProblem } from './tableProblem';

/**
 * What the files of a folder are: an Iceberg table, or files that are read as they are.
 * @param folder its name, for messages.
 * @throws a TableProblem where they are those of a Delta or Hudi table, or of an Iceberg table in a folder below.
 */
export function tableFormat(folder: string, entries: readonly { readonly path: string }[]): 'iceberg' | 'files' {
  const paths = entries.map(({ path }) => path);
  const format = deltaTable(paths) ?? hudiTable(paths);
  const iceberg = format ? undefined : icebergRoot(paths);
  if (iceberg === '') return 'iceberg';
  if (iceberg !== undefined) {
    throw new TableProblem(
      'unsupported',
      `${iceberg.slice(0, -1)} in ${folder} is an Iceberg table, whose files are not all current: open that folder by itself`,
    );
  }
  if (!format) return 'files';
  const { root, name, needed, reader } = format;
  const where = root === '' ? `${folder} is` : `${root.slice(0, -1)} in ${folder} is`;
  throw new TableProblem(
    'unsupported',
    `${where} ${name} table, which cannot be shown: its folder also keeps parquet files whose rows were deleted or replaced, and ` +
      `only its metadata tells which rows are current. That would take ${needed}. ` +
      `Read it with ${reader} and write the result as parquet, or open one of its parquet files by itself`,
  );
}

interface TableFormat {
  readonly name: string;
  /** The table's folder with a slash at its end; empty for the folder itself. */
  readonly root: string;
  readonly needed: string;
  readonly reader: string;
}

function deltaTable(paths: readonly string[]): TableFormat | undefined {
  const log = matches(paths, /^(|.*\/)_delta_log\/(\d{20})\.(json|checkpoint(?:\..+)?\.parquet)$/);
  const root = log[0]?.[1];
  if (root === undefined) return undefined;
  const own = log.filter((match) => match[1] === root);
  const checkpoint = last(own.filter((match) => match[3] !== 'json').map((match) => match[2] ?? ''));
  const commits = own
    .filter((match) => match[3] === 'json' && (match[2] ?? '') > (checkpoint ?? ''))
    .map((match) => `${match[2] ?? ''}.json`);
  const [first, newest] = [commits.toSorted()[0], last(commits)];
  const steps = [
    ...(checkpoint === undefined ? [] : [`the checkpoint ${checkpoint}`]),
    ...(first === undefined || newest === undefined
      ? []
      : [first === newest ? `the commit ${first}` : `the commits ${first} to ${newest}`]),
  ];
  return { name: 'a Delta', root, needed: `${steps.join(' and ')} of _delta_log`, reader: 'spark.read.format("delta")' };
}

/** The folder of the first Iceberg table, with a slash at its end; empty for the folder itself. */
function icebergRoot(paths: readonly string[]): string | undefined {
  const roots = matches(paths, /^(|.*\/)metadata\/(?:v\d+|\d+-[^/]*)(?:\.gz)?\.metadata\.json(?:\.gz)?$/).map((match) => match[1] ?? '');
  return roots.includes('') ? '' : roots[0];
}

function hudiTable(paths: readonly string[]): TableFormat | undefined {
  const root = matches(paths, /^(|.*\/)\.hoodie\/hoodie\.properties$/)[0]?.[1];
  if (root === undefined) return undefined;
  return { name: 'a Hudi', root, needed: 'the timeline in .hoodie', reader: 'spark.read.format("hudi")' };
}

function matches(paths: readonly string[], pattern: RegExp): readonly RegExpExecArray[] {
  return paths.map((path) => pattern.exec(path)).filter((match) => match !== null);
}

function last(texts: readonly string[]): string | undefined {
  return texts.toSorted().at(-1);
}

/** Of this size even an empty parquet file is not. */
const smallestFile = 12;

/** The problem with a file that is no parquet file, told better where its first bytes show what it is instead. */
export async function explainNotParquet(source: ByteSource, problem: TableProblem, signal?: AbortSignal): Promise<TableProblem> {
  const bytes = await source.read(0, Math.min(source.size, 64), signal);
  const head = String.fromCharCode(...bytes);
  if (head.startsWith('PAR1') && source.size > smallestFile) {
    return new TableProblem(
      'not-parquet',
      `${source.name} is not a whole parquet file: it begins like one, but its end is missing, as an interrupted write leaves it`,
    );
  }
  const found = magics.find(([magic]) => head.startsWith(magic))?.[1] ?? (looksLikeJson(head) ? 'it is JSON text' : undefined);
  return found === undefined ? problem : new TableProblem('not-parquet', `${source.name} is not a parquet file: ${found}`);
}

const magics: readonly (readonly [string, string])[] = [
  ['ORC', 'it is an ORC file'],
  ['Obj\u0001', 'it is an Avro file'],
  ['ARROW1', 'it is an Arrow (Feather) file'],
  ['\u001f\u008b', 'it is compressed with gzip'],
  ['PK\u0003\u0004', 'it is a ZIP archive, as Excel writes it'],
  ['SQLite format 3\u0000', 'it is an SQLite database'],
];

/** Behind a byte order mark or not, an object or a list opens. */
function looksLikeJson(head: string): boolean {
  const text = head.replace(/^\u00ef\u00bb\u00bf/, '').trimStart();
  return /^(\{\s*["}]|\[\s*[[{"\]\d])/.test(text);
}
