import type { Day } from '../domain/document/fields';
import { defaultSettings, isSettingKey, type Settings } from '../domain/settings';
import type { Transaction } from './store';

/** The values valid on a day: the latest stored version of each key that has begun, else the default. @rule K-034 */
export async function settingsAt(transaction: Transaction, day: Day): Promise<Settings> {
	const versions = await transaction.list('setting', { where: [{ column: 'validFrom', is: '<=', value: day }], orderBy: [{ column: 'validFrom' }] });
	const changed: Record<string, unknown> = {};
	for (const { key, value } of versions) {
		const name = String(key);
		if (isSettingKey(name)) changed[name] = typeof defaultSettings[name] === 'number' ? Number(value) : String(value);
	}
	return { ...defaultSettings, ...changed };
}
