import query from '@tanstack/eslint-plugin-query';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { importX } from 'eslint-plugin-import-x';
import hooks from 'eslint-plugin-react-hooks';
import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

/**
 * The walls between the rooms of src (README, "How it is built"): what each may import beside itself.
 * A room that isn't named in a list can't be reached from there, types included.
 */
const rooms = {
  api: [],
  domain: ['api'],
  pki: [],
  queries: ['api', 'domain'],
  ui: [],
  parts: ['queries', 'domain', 'pki', 'ui', 'api'],
  features: ['parts', 'queries', 'domain', 'pki', 'ui', 'api'],
  app: ['features', 'parts', 'queries', 'domain', 'pki', 'ui', 'api'],
  embed: ['app', 'ui', 'api'],
  net: [],
  server: ['domain', 'pki', 'api', 'net'],
  gateway: ['api', 'net'],
  cli: ['api', 'domain', 'pki', 'server', 'gateway'],
};
const walls = Object.entries(rooms).map(([room, allowed]) => ({
  target: `./src/${room}`,
  from: './src',
  except: [room, ...allowed].map((name) => `./${name}`),
  message: `src/${room} may import ${['itself', ...allowed].join(', ')} only.`,
}));
export default tseslint.config(
  {
    ignores: [
      'dist/',
      'node_modules/',
      'coverage/',
      'test-results/',
      'playwright-report/',
      'e2e/conformance/scenarios/',
    ],
  },
  {
    files: ['src/**/*.{ts,tsx}', 'e2e/**/*.ts', '*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: [
          './src/tsconfig.shared.json',
          './src/tsconfig.browser.json',
          './src/tsconfig.node.json',
          './src/tsconfig.specs.json',
          './e2e/tsconfig.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [createTypeScriptImportResolver({ project: './src/tsconfig.browser.json' })],
    },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones: walls }],
      'import-x/no-cycle': 'error',
      'max-lines': ['error', { max: 350, skipBlankLines: false, skipComments: false }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
    },
  },
  {
    // Text from outside may be a megabyte long: no expression may take more than a moment for it.
    files: ['src/**/*.{ts,tsx,mjs}'],
    ignores: ['**/*.spec.ts', '**/*-harness.ts'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential', ignoreSticky: false }],
    },
  },
  {
    files: ['**/*.spec.ts'],
    // `expect.any(…)` and its like are typed `any`.
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off' },
  },
  {
    files: ['src/features/**/*.{ts,tsx}'],
    plugins: { raven: { rules: { 'no-other-feature': noOtherFeature() } } },
    rules: { 'raven/no-other-feature': 'error' },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['**/*.spec.ts', '**/*-harness.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '-harness\\.ts$', message: 'What specs share stays out of the builds.' }] },
      ],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    extends: [...query.configs['flat/recommended-strict'], hooks.configs.flat['recommended-latest']],
    // Virtual lists are on the compiler's incompatible list, and it is off (README, "How it is built").
    rules: {
      'react-hooks/incompatible-library': 'off',
      // Keys hold `api.baseUrl`: the rest of `api` are functions, the same for the same address.
      '@tanstack/query/exhaustive-deps': ['error', { allowlist: { variables: ['api'] } }],
    },
  },
);

/** `features/<a>/…` may not import `features/<b>/…`; import-x zones can't compare the two names. */
function noOtherFeature() {
  return {
    create(context) {
      const own = /src\/features\/([^/]+)\//.exec(context.filename.replaceAll('\\', '/'))?.[1];
      const check = (node) => {
        if (node.source == null) return;
        const path = new URL(node.source.value, `file://${context.filename.replaceAll('\\', '/')}`).pathname;
        const other = /src\/features\/([^/]+)\//.exec(path)?.[1];
        if (node.source.value.startsWith('.') && own !== undefined && other !== undefined && other !== own)
          context.report({ node, message: `A feature can't import another one (${own} imports ${other}).` });
      };
      return {
        ImportDeclaration: check,
        ImportExpression: check,
        ExportNamedDeclaration: check,
        ExportAllDeclaration: check,
      };
    },
  };
}
