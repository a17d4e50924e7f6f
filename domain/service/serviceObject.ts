import type { Settings } from '../settings';
import { RuleViolation } from '../shared/ruleViolation';

type Object = { readonly model: string | null; readonly siteSituation: string | null };

/**
 * What is to be served must be named.
 * @rule V-004 — goods by their model, a project by the situation on site, as `service.object_kind` says
 * @rule V-010 — nothing is entered without it
 * @throws RuleViolation FIELD_MISSING
 */
export function checkServiceObject({ model, siteSituation }: Object, settings: Settings): void {
	const kind = settings['service.object_kind'];
	if (kind === 'goods' && model === null) throw missing('商品型号');
	if (kind === 'project' && siteSituation === null) throw missing('现场情况');
	if (model === null && siteSituation === null) throw missing('商品型号”或“现场情况');
}

const missing = (name: string) => new RuleViolation('FIELD_MISSING', `缺少“${name}”`, `请填写“${name}”后重新提交`, 'V-004');
