import { idText } from '../../../shared/lineage/searchNodes';
import type { LineageGraph, LineageNode } from '../../../shared/lineage/lineageGraph';
import { neighbourhood } from '../../../shared/lineage/neighbourhood';
import { ResourceLineage } from '../../../shared/lineage/resourceLineage';
import type { LineageDepth } from '../../../shared/protocol/lineageView';
import { shownPath } from './check';
import { formatGraph, graphFormats, type GraphFormat } from './graphReport';
import { exitCodes, UsageError, type CommandIo, type ExitCode } from './io';
import { openWorkspace } from './openWorkspace';
import { parseOptions, type ParsedOptions } from './options';

/** `graph [PATH]`: who feeds whom, all of it or what is around one of them. */
export async function graph(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const options = parseOptions(
    'graph',
    args,
    {
      format: { kind: 'choice', values: graphFormats },
      focus: { kind: 'text' },
      upstream: { kind: 'text' },
      downstream: { kind: 'text' },
    },
    { min: 0, max: 1, name: 'PATH' },
  );
  const around = readAround(options);
  const { service } = await openWorkspace([options.positionals[0] ?? '.'], io.cwd);
  const { resources } = service.resources();
  const whole = new ResourceLineage().graphOf(resources);
  const focus = around && nodeOf(whole, around.focus);
  if (around !== undefined && focus === undefined) {
    io.err(`graph: nothing in this workspace defines or mentions "${around.focus}"\n`);
    return exitCodes.problems;
  }
  const shown = around === undefined || focus === undefined ? whole : partAround(whole, focus, around);
  const format = (options.text('format') ?? 'json') as GraphFormat;
  io.out(
    formatGraph({ resources, graph: shown, title: focus === undefined ? 'Lineage' : `Lineage of ${idText(focus)}` }, format, (uri) =>
      shownPath(uri, io.cwd),
    ),
  );
  return exitCodes.fine;
}

interface Around {
  readonly focus: string;
  readonly upstream: LineageDepth;
  readonly downstream: LineageDepth;
}

/** Undefined where the whole graph is wanted. */
function readAround(options: ParsedOptions): Around | undefined {
  const focus = options.text('focus');
  for (const name of ['upstream', 'downstream']) {
    if (focus === undefined && options.text(name) !== undefined) throw new UsageError(`graph: --${name} needs --focus ID`);
  }
  return focus === undefined
    ? undefined
    : { focus, upstream: readDepth(options, 'upstream'), downstream: readDepth(options, 'downstream') };
}

function readDepth(options: ParsedOptions, name: string): LineageDepth {
  const text = options.text(name) ?? 'all';
  if (text === 'all') return text;
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`graph: --${name} must be a whole number or "all", not "${text}"`);
  return Number(text);
}

/** By `name.variant`, with its type in front where several have it; without, a source goes first. */
function nodeOf({ nodes }: LineageGraph, id: string): LineageNode | undefined {
  const named = nodes.filter((node) => id === idText(node) || id === `${typeOf(node)}:${idText(node)}`);
  return named.find((node) => typeOf(node) === 'source') ?? named[0];
}

function typeOf({ id }: LineageNode): string {
  return id.slice(0, id.indexOf(':'));
}

function partAround(whole: LineageGraph, focus: LineageNode, { upstream, downstream }: Around): LineageGraph {
  const none = new Set<never>();
  return neighbourhood(whole, {
    focus: focus.id,
    upstream,
    downstream,
    hiddenKinds: none,
    expandedUpstream: none,
    expandedDownstream: none,
  }).graph;
}
