import { configWithoutCloudSupport } from '@n8n/node-cli/eslint';
import tseslint from 'typescript-eslint';

/**
 * n8n's own rules for self-hosted packages, plus what keeps the layers clean.
 * The published package uses node:sqlite, files and sockets, so it can never run on n8n Cloud: hence "without cloud support".
 */
export default [
	{ ignores: ['dist/**', 'instance/**/*.cjs', 'instance/**/*.mjs', 'instance/runtime/**', 'instance/.cache/**', 'instance/.n8n-home/**', 'test-results/**', '**/*.cjs', 'test/**/*.mjs'] },
	...configWithoutCloudSupport,
	{
		files: ['**/*.ts'],
		languageOptions: { parser: tseslint.parser, parserOptions: { project: './tsconfig.all.json', tsconfigRootDir: import.meta.dirname } },
		rules: {
			'@typescript-eslint/consistent-type-imports': 'error',
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
			// The resolver does not know Node's newest built-in; tsc checks imports anyway.
			'import-x/no-unresolved': ['error', { ignore: ['^node:sqlite$'] }],
			complexity: ['error', 14],
			'max-params': ['error', 7],
		},
	},
	{
		// These layers must not know n8n: their errors become n8n's in nodes/shared/toNodeError.ts.
		files: ['domain/**/*.ts', 'engine/**/*.ts', 'store/**/*.ts', 'spreadsheet/**/*.ts', 'pages/**/*.ts', 'codes/**/*.ts', 'mail/**/*.ts', 'instance/**/*.ts', 'workflows/**/*.ts', 'test/**/*.ts'],
		rules: { '@n8n/community-nodes/require-node-api-error': 'off' },
	},
	{
		// Rules stay pure: time, chance and the outside world come in as arguments.
		files: ['domain/**/*.ts'],
		rules: {
			'no-restricted-globals': ['error', 'process', 'console', 'fetch', 'setTimeout', 'setInterval'],
			'no-restricted-syntax': [
				'error',
				{ selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'the clock comes in as an argument' },
				{ selector: 'CallExpression[callee.object.name="Date"][callee.property.name="now"]', message: 'the clock comes in as an argument' },
				{ selector: 'CallExpression[callee.object.name="Math"][callee.property.name="random"]', message: 'rules are deterministic' },
			],
		},
	},
	{
		// Command line and tests print and build by nature.
		files: ['instance/**/*.ts', 'test/**/*.ts', 'workflows/**/*.ts'],
		rules: { 'no-console': 'off', '@n8n/community-nodes/no-hardcoded-secrets': 'off', '@n8n/community-nodes/no-dangerous-functions': 'off' },
	},
];
