// Which tables the reader keeps open: seen by what it reads again.

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KeptTables } from '../../shared/tableReader/keptTables';

const tables = join(import.meta.dirname, '..', 'tables');
const [pages, nested] = [{ location: join(tables, 'pages.parquet') }, { location: join(tables, 'nested.parquet') }];

describe('tables that were opened', () => {
  it.each([
    { heldBytes: 1_000_000, requests: 0, what: 'are kept' },
    { heldBytes: 1, requests: 1, what: 'go when the next one is opened, where they hold too much memory' },
  ])('$what', async ({ heldBytes, requests }) => {
    const kept = new KeptTables({}, () => undefined, heldBytes);
    const { table, fingerprint } = await kept.open(pages, {});
    expect(table.heldBytes).toBeGreaterThan(1);
    const found = { ...pages, fingerprint, kind: 'texts', start: 0, end: 1, limit: 1 } as const;
    expect(await kept.find(found, {})).toBe(table);
    await kept.open(nested, {});
    kept.takeCost(pages);
    expect((await kept.find(found, {})).rowCount).toBe(table.rowCount);
    expect(kept.takeCost(pages).requests).toBe(requests);
  });
});
