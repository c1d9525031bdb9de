import type { Era } from '../../server/src/definitions/catalogue';
import { readDefinitions } from '../../server/src/definitions/readDefinitions';
import type { DefinitionFile, Reference, Resource } from '../../server/src/definitions/resources';
import type { PythonParser } from '../../server/src/python/parser';
import { keyOf } from '../../server/src/workspace/resourceIndex';

export function readText(parser: PythonParser, text: string, era: Era = 'current'): DefinitionFile {
  return readDefinitions(parser.parse('file:///ws/definitions.py', text), { era }).definitions;
}

/** `key <- inputs`, one line a resource: what a person would draw of the file. */
export function drawn(file: DefinitionFile, era: Era = 'current'): string[] {
  return file.resources.map((resource) => {
    const inputs = resource.references.map((reference) => keyOf(reference, era));
    return `${keyOf(resource, era)} (${resource.kind})${inputs.length === 0 ? '' : ` <- ${inputs.join(', ')}`}`;
  });
}

/** The text that a reference or a name marks in the file. */
export function marked(text: string, item: Reference | Resource): { name: string; variant: string | undefined } {
  const { variant } = item;
  return {
    name: text.slice(item.name.span.start, item.name.span.end),
    variant: variant?.kind === 'written' ? text.slice(variant.name.span.start, variant.name.span.end) : undefined,
  };
}
