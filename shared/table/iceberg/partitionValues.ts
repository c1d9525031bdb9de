// Values of columns that a data file does not hold, since the partition that it lies in has them: files of Hive's tables that
// were taken over as they are.

import { dateText, timestampText } from '../calendar';
import type { Cell } from '../table';
import { TableProblem } from '../tableProblem';
import { idText, isObject, shortText } from './exactJson';
import type { IcebergField } from './icebergSchema';

/**
 * The cell of an identity partition's value as manifests have it
 * ([Iceberg, "Column Projection" and Appendix A](https://iceberg.apache.org/spec/)).
 * @param name the data file, for messages.
 * @throws a TableProblem for types whose values cannot be told.
 */
export function partitionCell(value: unknown, { name: column, type }: IcebergField, name: string): Cell {
  if (value === undefined || value === null) return null;
  const cell = type.kind === 'scalar' && !isObject(value) ? scalarCell(value, type.name) : undefined;
  if (cell !== undefined) return cell;
  const kind = type.kind === 'scalar' ? type.name : type.kind;
  throw new TableProblem(
    'unsupported',
    `${name} lacks column "${column}", whose value stands in the manifest as ${value instanceof Uint8Array ? 'bytes' : shortText(value)} and cannot be read as ${kind}`,
  );
}

function scalarCell(value: unknown, type: string): Cell | undefined {
  const isNumber = typeof value === 'number' || typeof value === 'bigint';
  switch (type) {
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'string':
      return typeof value === 'string' ? value : undefined;
    case 'int':
    case 'bigint': {
      const number = isNumber ? Number(value) : NaN;
      return Number.isSafeInteger(number) ? number : idText(value);
    }
    case 'double':
      return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
    case 'date':
      return isNumber ? dateText(Number(value)) : undefined;
    case 'timestamp':
      return isNumber ? timestampText(value, 6, 'proleptic', 'Z') : undefined;
    case 'timestamp_ntz':
      return isNumber ? timestampText(value, 6) : undefined;
    default:
      return undefined;
  }
}
