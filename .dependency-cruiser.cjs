/** Dependencies point one way: nodes → pages → engine → domain, nodes → spreadsheet, mail, store; see docs/adr/0001. */
module.exports = {
	forbidden: [
		{ name: 'domain-is-pure', severity: 'error', from: { path: '^domain/' }, to: { pathNot: ['^domain/', '(^|/)node_modules/(@types/)?luxon/'] } },
		{ name: 'engine-knows-no-n8n', severity: 'error', from: { path: '^(engine|store|spreadsheet|pages|codes|mail)/' }, to: { path: ['^(nodes|credentials)/', 'n8n-workflow'] } },
		{ name: 'pages-stand-on-the-engine', severity: 'error', from: { path: '^(engine|store|spreadsheet|codes|mail)/' }, to: { path: '^pages/' } },
		{ name: 'engine-knows-no-driver', severity: 'error', from: { path: '^engine/' }, to: { path: '^store/(sql|openStore|ensureSchema)' } },
		{ name: 'one-door-to-each-database', severity: 'error', from: { pathNot: '^store/sql/' }, to: { path: ['(^|/)node_modules/(@types/)?pg/', '^(node:)?sqlite$'] } },
		{ name: 'one-door-to-workbooks', severity: 'error', from: { pathNot: '^spreadsheet/' }, to: { path: '(^|/)node_modules/(exceljs|jszip|@e965/xlsx|csv-parse)/' } },
		{ name: 'one-door-to-codes', severity: 'error', from: { pathNot: '^codes/' }, to: { path: '(^|/)node_modules/(@types/)?qrcode/' } },
		{ name: 'one-door-to-mail', severity: 'error', from: { pathNot: '^mail/' }, to: { path: '(^|/)node_modules/(@types/)?(nodemailer|axios)/' } },
		{ name: 'nodes-do-not-reach-sideways', severity: 'error', from: { path: '^nodes/(?!shared/)([^/]+)/' }, to: { path: '^nodes/(?!shared/)', pathNot: '^nodes/$1/' } },
		{ name: 'no-circular', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
		{ name: 'no-orphans', severity: 'error', from: { orphan: true, pathNot: ['\\.(node|credentials)\\.ts$'] }, to: {} },
	],
	options: { tsPreCompilationDeps: true, tsConfig: { fileName: 'tsconfig.json' }, doNotFollow: { path: 'node_modules' } },
};
