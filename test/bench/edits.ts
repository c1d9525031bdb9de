// Types into one file of an open workspace and waits for its diagnostics, as an editor does.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LineIndex } from '../../server/src/text/lineIndex';
import { ServerProcess } from '../support/serverProcess';
import { percentile, rounded, type Row } from './table';

const rounds = 400;
/** Until so many edits were made, the program is still being compiled. */
const warmUp = 50;

interface Report {
  readonly items?: readonly { readonly message: string }[];
}

export async function measureEdits(
  folder: string,
  size: number,
): Promise<{ readonly edits: readonly Row[]; readonly completion: readonly Row[] }> {
  const server = new ServerProcess();
  await server.initialize(folder);
  const files = readdirSync(folder).filter((name) => name.startsWith('subject_'));
  const name = files[Math.floor(files.length / 2)] ?? '';
  const uri = pathToFileURL(join(folder, name)).href;
  let text = readFileSync(join(folder, name), 'utf8');
  let version = 1;
  const { connection } = server;
  await connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'python', version, text } });
  const pull = (): Promise<Report> => connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
  const first = await pull();
  if ((first.items ?? []).length > 0) throw new Error(`the generated file has problems: ${JSON.stringify(first.items)}`);

  const replace = async (start: number, end: number, newText: string): Promise<number> => {
    const lines = new LineIndex(text);
    const range = { start: lines.positionAt(start), end: lines.positionAt(end) };
    text = text.slice(0, start) + newText + text.slice(end);
    const began = performance.now();
    await connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: ++version },
      contentChanges: [{ range, text: newText }],
    });
    await pull();
    return performance.now() - began;
  };
  const whole = async (newText: string): Promise<number> => {
    text = newText;
    const began = performance.now();
    await connection.sendNotification('textDocument/didChange', { textDocument: { uri, version: ++version }, contentChanges: [{ text }] });
    await pull();
    return performance.now() - began;
  };

  const inside: number[] = [];
  const query: number[] = [];
  const surface: number[] = [];
  const fresh: number[] = [];
  for (let i = 0; i < rounds; i++) {
    // A comment-like change in a DataFrame body leaves the surface alone; a name in a template changes it.
    const body = text.indexOf('daily = cleaned.withColumn(');
    inside.push(await replace(body, body, i % 2 === 0 ? 'x = 1; ' : ''));
    if (i % 2 === 0) inside.push(await replace(text.indexOf('x = 1; '), text.indexOf('x = 1; ') + 7, ''));
    // A word of the query that it does not have, and away again: its text is parsed and checked each time.
    const column = text.indexOf(' AS booked_at');
    query.push(await replace(column, column, ', abs(t.amount) AS size'));
    query.push(await replace(column, column + 23, ''));
    const template = text.indexOf('.raw}}') + 1;
    surface.push(await replace(template, template + 3, 'rew'));
    surface.push(await replace(template, template + 3, 'raw'));
    if (i % 10 === 0) {
      fresh.push(await whole(`# ${i}\n${text}`));
      fresh.push(await whole(text.slice(text.indexOf('\n') + 1)));
    }
  }
  const completion: Row[] = [];
  const lines = new LineIndex(text);
  for (const [place, at] of completionPlaces(text)) {
    const times: number[] = [];
    for (let i = 0; i < rounds; i++) {
      const began = performance.now();
      await connection.sendRequest('textDocument/completion', { textDocument: { uri }, position: lines.positionAt(at) });
      times.push(performance.now() - began);
    }
    completion.push({ definitions: size, place, ...percentiles(times) });
  }
  await server.stop();
  const edits = [
    row(size, 'surface unchanged', inside, fresh),
    row(size, `the first ${String(warmUp)} of them`, inside.slice(0, warmUp), fresh),
    row(size, 'in a query', query, fresh),
    row(size, 'surface changed', surface, fresh),
  ];
  return { edits, completion };
}

/** Where the cursor stands, and what is completed there. */
function completionPlaces(text: string): readonly (readonly [place: string, offset: number])[] {
  const template = text.indexOf('.raw}}');
  return [
    ['a variant in a template', template + 1],
    ['a name in a template', template],
    ['an expression of a query', text.indexOf('"SELECT t.') + '"SELECT '.length],
    ['a column of a relation', text.indexOf('"SELECT t.') + '"SELECT t.'.length],
    ['a relation', text.indexOf('"FROM {{') + '"FROM '.length],
  ];
}

function row(size: number, edit: string, times: readonly number[], peer: readonly number[]): Row {
  const ratio = percentiles(times).p50 / percentiles(peer).p50;
  return { definitions: size, edit, ...percentiles(times), ratio: rounded(ratio, 2) };
}

function percentiles(times: readonly number[]): { readonly p50: number; readonly p95: number; readonly p99: number } {
  const sorted = [...times].sort((a, b) => a - b);
  return {
    p50: rounded(percentile(sorted, 0.5)),
    p95: rounded(percentile(sorted, 0.95)),
    p99: rounded(percentile(sorted, 0.99)),
  };
}
