import type {
  FunctionDefinition,
  Identifier,
  ImportFromStatement,
  ImportStatement,
  ImportedName,
  Parameter,
  Statement,
} from '../python/ast';
import { builtinNames } from '../python/builtins';
import { freeNames, namesBoundBy } from '../python/scopes';
import { blocksOf, statementsWithin } from '../python/walk';
import { encloses } from '../text/span';
import type { FileSnapshot } from '../workspace/snapshot';
import { isBroken } from './dataFrames';
import { starImports } from './starImports';
import { isAccidentallyRemote } from './remoteNames';
import type { Fix, Problem, Rule } from './rule';
import { sparkFunctionOf } from './sparkFunctions';

export const notRemoteSafe: Rule = {
  id: 'not-remote-safe',
  severity: 'error',
  documentation: {
    summary: 'A DataFrame function needs something that does not travel to the cluster with it.',
    details: `Only the code of the function itself is sent. On the cluster it is rebuilt without its file, so that imports, constants, helper functions
and classes of the file, variables of a function around it, the defaults of its parameters and its own name do not exist there, and keyword-only
parameters are never given. Import what is needed inside the function, and define constants and helpers there. There is no global \`spark\` either:
\`df.sparkSession\` is the session.

Names that Featureform's runner happens to import itself (\`F\`, \`Window\`, \`col\`, \`when\`, \`json\`, …) can be read by accident, and stop working when
the runner changes: a hint.

Each name is reported once, where it is read first. Functions of providers that do not run on Spark are left alone.`,
    bad: `from pyspark.sql.functions import avg

@spark.df_transformation(inputs=[("payments", "v1")], variant="v1")
def averages(df):
    return df.groupBy("user").agg(avg("amount"))`,
    good: `@spark.df_transformation(inputs=[("payments", "v1")], variant="v1")
def averages(df):
    from pyspark.sql.functions import avg

    return df.groupBy("user").agg(avg("amount"))`,
    covers: ['D10'],
  },
  *check({ file }) {
    const surroundings = new Surroundings(file);
    for (const resource of file.definitions.resources) {
      const definition = sparkFunctionOf(resource);
      if (definition === undefined || isBroken(definition, file.module.problems)) continue;
      for (const parameter of definition.parameters) yield* problemsOfParameter(parameter);
      // Python refuses it there, and it could bind anything.
      if (starImports(definition).length > 0) continue;
      const seen = new Set<string>();
      for (const read of freeNames(definition, surroundings)) {
        if (seen.has(read.name)) continue;
        seen.add(read.name);
        const problem = problemOfName(read, definition, surroundings);
        if (problem !== undefined) yield problem;
      }
    }
  },
};

function* problemsOfParameter(parameter: Parameter): Generator<Problem> {
  const { kind, name, nameSpan, default: value } = parameter;
  if (kind === 'keywordOnly') {
    yield { span: nameSpan, message: `"${name}" can only be given by keyword, and the cluster gives inputs by position` };
  } else if (value !== undefined) {
    yield { span: value.span, message: `the default of "${name}" does not reach the cluster` };
  }
}

function problemOfName(read: Identifier, definition: FunctionDefinition, surroundings: Surroundings): Problem | undefined {
  const { name, span } = read;
  const binding = surroundings.bindingOf(name, definition);
  const imported = binding?.kind === 'import' ? binding : undefined;
  if (binding === undefined && builtinNames.has(name)) return undefined;
  const fixes = imported === undefined ? [] : importFix(imported, definition, surroundings.file);
  if ((binding === undefined || imported?.around === 'module') && isAccidentallyRemote(name, imported?.path)) {
    return {
      span,
      severity: 'hint',
      message: `"${name}" is there only because Featureform's runner happens to import it, expected an import inside the function`,
      fixes,
    };
  }
  return { span, message: messageFor(name, binding, surroundings), fixes };
}

function messageFor(name: string, binding: Binding | undefined, { hasStarImport }: Surroundings): string {
  const instead = 'which does not travel to the cluster';
  if (name === 'spark' && (binding === undefined || binding.kind === 'value' || binding.kind === 'closure')) {
    return '"spark" does not exist on the cluster, expected "sparkSession" of an input';
  }
  switch (binding?.kind) {
    case 'import':
      if (binding.isOfWorkspace) return `"${name}" comes from another file of the workspace, ${instead}; expected it inside`;
      return `"${name}" is imported outside the function, ${instead}; expected the import inside`;
    case 'itself':
      return `"${name}" is the function itself, which has no name on the cluster`;
    case 'function':
      return `"${name}" is a function of this file, ${instead}; expected it inside`;
    case 'class':
      return `"${name}" is a class of this file, ${instead}; expected it inside`;
    case 'closure':
      return `"${name}" belongs to the function around this one, ${instead}`;
    case 'value':
      return `"${name}" is defined outside the function, ${instead}; expected it inside`;
    case undefined:
      return hasStarImport
        ? `"${name}" is not bound inside the function, and a star import does not travel to the cluster`
        : `"${name}" is not defined, neither here nor on the cluster`;
  }
}

interface ImportBinding {
  readonly kind: 'import';
  readonly statement: ImportStatement | ImportFromStatement;
  readonly imported: ImportedName;
  /** What the name stands for, dotted. */
  readonly path: string;
  /** An import of a function around this one makes a closure, which cannot be rebuilt at all. */
  readonly around: 'module' | 'function';
  /** Another file of the workspace, which no cluster has. */
  readonly isOfWorkspace: boolean;
}

type Binding = ImportBinding | { readonly kind: 'itself' | 'function' | 'class' | 'closure' | 'value' };

/** What a file binds around its functions. */
class Surroundings {
  readonly deferredAnnotations: boolean;
  readonly hasStarImport: boolean;
  private readonly module: ReadonlyMap<string, Binding>;

  constructor(readonly file: FileSnapshot) {
    const { body } = file.module;
    this.module = bindingsOf(file, body, 'module');
    const imports = statementsWithin(body, 'skipNested').filter((statement) => statement.kind === 'importFrom');
    this.hasStarImport = imports.some(({ names }) => names.some(({ name }) => name === '*'));
    this.deferredAnnotations = imports.some(
      ({ module, names }) => module === '__future__' && names.some(({ name }) => name === 'annotations'),
    );
  }

  bindingOf(name: string, definition: FunctionDefinition): Binding | undefined {
    if (name === definition.name) return { kind: 'itself' };
    for (const enclosing of enclosingFunctions(this.file.module.body, definition)) {
      const binding = bindingsOf(this.file, enclosing.body, 'function').get(name);
      if (binding !== undefined) return binding.kind === 'import' ? binding : { kind: 'closure' };
      if (enclosing.parameters.some((parameter) => parameter.name === name)) return { kind: 'closure' };
    }
    return this.module.get(name);
  }
}

/** The functions around another, innermost first. */
function enclosingFunctions(statements: readonly Statement[], inner: FunctionDefinition): readonly FunctionDefinition[] {
  for (const statement of statements) {
    if (statement === inner || !encloses(statement.span, inner.span)) continue;
    const around = enclosingFunctions(blocksOf(statement), inner);
    return statement.kind === 'function' ? [...around, statement] : around;
  }
  return [];
}

function bindingsOf(
  { definitions }: FileSnapshot,
  body: readonly Statement[],
  around: ImportBinding['around'],
): ReadonlyMap<string, Binding> {
  const bindings = new Map<string, Binding>();
  for (const statement of statementsWithin(body, 'skipNested')) {
    if (statement.kind === 'import' || statement.kind === 'importFrom') {
      for (const imported of statement.names) {
        const [name, path] = importedAs(statement, imported);
        const isOfWorkspace = definitions.workspaceImports.some(({ start }) => start === imported.span.start);
        bindings.set(name, { kind: 'import', statement, imported, path, around, isOfWorkspace });
      }
      continue;
    }
    const kind = statement.kind === 'function' || statement.kind === 'class' ? statement.kind : 'value';
    for (const name of namesBoundBy(statement)) bindings.set(name, { kind });
  }
  return bindings;
}

/** The name that an import binds, and the dotted path it stands for. */
function importedAs(statement: ImportStatement | ImportFromStatement, { name, alias }: ImportedName): readonly [string, string] {
  if (statement.kind === 'importFrom') return [alias ?? name, `${'.'.repeat(statement.level)}${statement.module}.${name}`];
  const [first = name] = name.split('.');
  return alias === undefined ? [first, first] : [alias, name];
}

/** The import, written as the first statement of the function; what a relative import means is not known on the cluster. */
function importFix(
  { statement, imported, path, isOfWorkspace }: ImportBinding,
  definition: FunctionDefinition,
  file: FileSnapshot,
): readonly Fix[] {
  if (path.startsWith('.') || isOfWorkspace) return [];
  const [first] = definition.body;
  const target = first?.kind === 'expression' && first.expression.kind === 'string' ? (definition.body[1] ?? first) : first;
  if (target === undefined) return [];
  const { lines, text, uri } = file;
  const lineStart = lines.lineStart(lines.positionAt(target.span.start).line);
  const indent = text.slice(lineStart, target.span.start);
  // A body on the line of its `def` has no line of its own to write on.
  if (indent.trim() !== '') return [];
  const what = imported.alias === undefined ? imported.name : `${imported.name} as ${imported.alias}`;
  const written = statement.kind === 'import' ? `import ${what}` : `from ${statement.module} import ${what}`;
  const at = target.span.start;
  return [
    {
      title: 'Import it inside the function',
      edits: [{ uri, span: { start: at, end: at }, newText: `${written}\n${indent}` }],
      preferred: true,
    },
  ];
}
