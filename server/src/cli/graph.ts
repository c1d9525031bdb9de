import { formatGraph, type GraphResource } from './graphReport';
import { shownPath } from './check';
import { exitCodes, type CommandIo, type ExitCode } from './io';
import { openWorkspace } from './openWorkspace';
import { parseOptions } from './options';

/** `graph [PATH]`: who feeds whom. */
export async function graph(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const options = parseOptions(
    'graph',
    args,
    { format: { kind: 'choice', values: ['json', 'dot', 'mermaid'] } },
    { min: 0, max: 1, name: 'PATH' },
  );
  const { service } = await openWorkspace([options.positionals[0] ?? '.'], io.cwd);
  const { snapshot } = service;
  const resources = service.resources().resources.map((node): GraphResource => {
    return {
      id: node.id,
      type: node.type,
      name: node.name,
      variant: node.variant,
      kind: node.kind,
      provider: node.provider,
      file: shownPath(node.uri, io.cwd),
      range: node.range,
      inputs: snapshot.graph.inputs(node.key).map((key) => (key.endsWith('.${run}') ? key.slice(0, -'.${run}'.length) : key)),
    };
  });
  io.out(formatGraph(resources, (options.text('format') ?? 'json') as 'json' | 'dot' | 'mermaid'));
  return exitCodes.fine;
}
