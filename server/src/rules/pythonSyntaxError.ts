import type { Span } from '../text/span';
import type { FileSnapshot } from '../workspace/snapshot';
import type { Rule } from './rule';
import { starImports } from './starImports';

/** Words that only a definition has: enough to see one in text that did not parse. */
const DEFINITION = /\b(?:ff\.|featureform\.|(?:from|import)\s+featureform\b|register_\w+|(?:sql|df)_transformation\b|ondemand_feature\b)/;

export const pythonSyntaxError: Rule = {
  id: 'python-syntax-error',
  severity: 'error',
  documentation: {
    summary: 'Python would refuse a definition.',
    details: `The file cannot be applied while Python does not parse it. The definitions before and after the place are read and checked all the same.
Only what touches a definition is reported: for the rest of the file there are Python's own tools.`,
    bad: `ff.register_redis(
    name="redis"
    host="localhost",
)`,
    good: `ff.register_redis(
    name="redis",
    host="localhost",
)`,
    covers: [],
  },
  *check({ file }) {
    for (const { span, message, fix } of file.module.problems) {
      if (!touchesDefinition(file, span)) continue;
      yield {
        span,
        message,
        fixes:
          fix === undefined ? [] : [{ title: fix.title, preferred: true, edits: fix.edits.map((edit) => ({ uri: file.uri, ...edit })) }],
      };
    }
    for (const { function: definition } of file.definitions.resources) {
      for (const span of definition === undefined ? [] : starImports(definition)) {
        yield { span, message: '"import *" stands in a function, where Python does not take it' };
      }
    }
  },
};

function touchesDefinition(file: FileSnapshot, span: Span): boolean {
  const { resources, registrations, findings } = file.definitions;
  if ([...resources, ...registrations, ...findings].some((each) => isNear(each.span, span))) return true;
  return file.module.body.some(
    (statement) => isNear(statement.span, span) && DEFINITION.test(file.text.slice(statement.span.start, statement.span.end)),
  );
}

/** Overlapping, or one directly behind the other. */
function isNear(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}
