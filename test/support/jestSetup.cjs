'use strict';
const { build } = require('../../instance/steps/building.cjs');

/** Worker threads and library doors are loaded from dist/, so `npx jest` alone must find them fresh. */
module.exports = async function buildBundlesForTests() {
	await build({ workersOnly: true });
};
