import type { Day } from '../domain/document/fields';
import { defaultSettings, isSettingKey, readSetting, settingProblem, type Settings } from '../domain/settings';
import type { Transaction } from './store';

/** The values valid on a day: the latest stored version of each key that has begun, else the default. @rule K-034 */
export async function settingsAt(transaction: Transaction, day: Day): Promise<Settings> {
	const versions = await transaction.list('setting', { where: [{ column: 'validFrom', is: '<=', value: day }], orderBy: [{ column: 'validFrom' }] });
	const changed: Record<string, unknown> = {};
	for (const { key, value } of versions) {
		const name = String(key);
		// A value that cannot be used is refused at import; one that got in otherwise must not stop the department.
		if (isSettingKey(name) && settingProblem(name, String(value)) === null) changed[name] = readSetting(name, String(value));
	}
	return { ...defaultSettings, ...changed };
}
