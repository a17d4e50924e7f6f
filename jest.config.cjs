/** Unit and store tests run side by side, e2e tests one after the other: each of them runs a whole n8n. */
process.env.TZ = 'UTC';

const shared = {
	testEnvironment: 'node',
	transform: { '^.+\\.tsx?$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } }] },
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/dist-tools/', '<rootDir>/instance/.cache/', '<rootDir>/instance/.n8n-home/', '<rootDir>/instance/runtime/'],
};

const e2e = 'test/e2e/';

module.exports = {
	globalSetup: '<rootDir>/test/support/jestSetup.cjs',
	// npm test runs the two projects one after the other (instance/test.mjs), with --runInBand for e2e.
	projects: [
		{ ...shared, displayName: 'unit', testMatch: ['<rootDir>/test/**/*.test.ts'], testPathIgnorePatterns: [e2e, '/node_modules/'] },
		{ ...shared, displayName: 'e2e', testMatch: [`<rootDir>/${e2e}**/*.test.ts`], setupFilesAfterEnv: ['<rootDir>/test/e2e/longTimeouts.cjs'] },
	],
};
