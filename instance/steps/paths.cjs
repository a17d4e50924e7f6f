'use strict';
/**
 * Where everything of this repository lies. CommonJS like its neighbours here, because jest (test/e2e) loads
 * these modules too, and jest cannot load `.mjs`.
 */
const path = require('node:path');

const repository = path.resolve(__dirname, '..', '..');
const instance = path.join(repository, 'instance');
const cache = path.join(instance, '.cache');

module.exports = {
	repository,
	instance,
	cache,
	dist: path.join(repository, 'dist'),
	runtime: process.env.AFTERSALES_RUNTIME || path.join(instance, 'runtime'),
	userFolder: process.env.AFTERSALES_HOME || path.join(instance, '.n8n-home'),
	workflows: path.join(repository, 'workflows'),
	packageName: 'n8n-nodes-aftersales',
};
