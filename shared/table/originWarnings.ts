// What people should know of where a table came from, in sentences.

import type { TableOrigin, TableRun, TableSnapshot } from './table';

export function originWarnings(origin: TableOrigin): readonly string[] {
  const { kind, success, ignored, runs = [], snapshot } = origin;
  const warnings: string[] = [];
  if (kind === 'folder' && success === false) {
    warnings.push('There is no _SUCCESS marker: the job that wrote this folder may not have finished.');
  }
  if (snapshot) warnings.push(snapshotWarning(snapshot));
  warnings.push(...runWarnings(runs));
  if (origin.differing) warnings.push(differingWarning(origin, origin.differing));
  if (ignored.length > 0) {
    const shown = ignored.slice(0, 3).join(', ');
    warnings.push(`Not part of the table: ${ignored.length > 3 ? `${shown} and ${ignored.length - 3} more` : shown}.`);
  }
  return warnings;
}

function snapshotWarning({ id, time, metadata, isNamed, deletedRows }: TableSnapshot): string {
  const which = id === undefined ? 'without a snapshot yet,' : `snapshot ${id}${time === undefined ? '' : ` of ${time}`}`;
  const catalog = isNamed ? '' : ', the newest file of metadata here; its catalog may call another one current';
  const left =
    deletedRows === 0
      ? ''
      : ` ${deletedRows === 1 ? '1 row' : `${deletedRows.toLocaleString('en')} rows`} of its files marked as deleted ${deletedRows === 1 ? 'is' : 'are'} left out.`;
  return `Iceberg table${id === undefined ? ' ' : ', '}${which} by ${metadata}${catalog}.${left}`;
}

function runWarnings(runs: readonly TableRun[]): readonly string[] {
  const written = runs.filter(({ files }) => files > 0);
  const shown = runs.filter((run) => run.shown);
  const [newest] = runs;
  const warnings: string[] = [];
  if (newest?.files === 0) warnings.push(`The newest run, ${newest.name}, has not written any file yet.`);
  if (written.length < 2) return warnings;
  if (shown.length > 1) {
    warnings.push(
      `All ${written.length} runs are shown as one table, as whatever reads this definition in Featureform sees them; rows of older runs stay among them.`,
    );
  } else {
    warnings.push(
      `This is ${written[0]?.shown ? 'the newest' : 'one'} of ${written.length} runs (${shown[0]?.name ?? ''}). Whatever reads this definition in Featureform reads the rows of all of them together.`,
    );
  }
  return warnings;
}

function differingWarning({ format }: TableOrigin, { first, other }: { readonly first: string; readonly other: string }): string {
  if (format === 'csv')
    return `The header of ${other} is not that of ${first}: Spark goes by the places of the columns, and names them as ${first} does.`;
  return `Parts have different columns (${first} and ${other}, for example), which are merged by name here. Spark takes the columns of one part only, unless it reads with the option mergeSchema.`;
}
