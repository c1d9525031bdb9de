import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Folders and what they must not import; `test/architecture.test.ts` holds the whole table of docs/architecture.md. */
const forbid = (files, group, message) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns: [{ group, message }] }] },
});

export default tseslint.config(
  { ignores: ['dist/**', 'build/**', '.vscode-test/**', 'test/workspaces/**', 'examples/**/.sparkform/**'] },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.d.mts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    files: ['**/*.mjs', '**/*.cjs', '**/*.mts'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        URLSearchParams: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        performance: 'readonly',
        Buffer: 'readonly',
        fetch: 'readonly',
      },
    },
  },
  forbid(
    ['server/src/{text,python,sql,definitions,schema,workspace,rules,features}/**'],
    ['node:*', 'vscode', 'vscode-languageserver', 'vscode-languageserver/*'],
    'the core knows neither Node nor connections',
  ),
  forbid(
    ['shared/table/**', 'shared/protocol/**', 'shared/lineage/**', 'media/**'],
    ['node:*', 'vscode', 'vscode-languageserver*'],
    'shared with webviews: no Node, no VS Code',
  ),
  forbid(['client/src/**'], ['**/server/**'], 'the client talks to the server by protocol only'),
);
