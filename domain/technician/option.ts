import type { SettingKey, Settings } from '../settings';
import { settingDefaults } from '../settings';
import { RuleViolation } from '../shared/ruleViolation';

/** Refuses an act of a variant that the company has not chosen. @throws RuleViolation CONDITION_NOT_MET */
export function requireOption(settings: Settings, key: SettingKey, rule: string): void {
	if (settings[key] !== '是') throw new RuleViolation('CONDITION_NOT_MET', `“${settingDefaults[key].zh}”没有启用`, `需要时请在设置中把 ${key} 改为“是”`, rule);
}
