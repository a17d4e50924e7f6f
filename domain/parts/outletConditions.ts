import type { Settings } from '../settings';

type Seen = {
	readonly licence: boolean | null;
	readonly premises: boolean | null;
	readonly technicians: number | null;
	readonly clerks: boolean | null;
	readonly equipment: boolean | null;
	readonly accepts: boolean | null;
};

/** What an applicant still lacks, in words; empty when it may be put before the company. @rule P-001 — five conditions, all needed */
export function lacks(seen: Seen, settings: Settings): string[] {
	const least = settings['outlet.min_technicians'];
	const found: readonly (readonly [boolean | null, string])[] = [
		[seen.licence, '营业执照、税务登记证等证件不全'],
		[seen.premises, '地点、场地、仓库或工具不齐备'],
		[(seen.technicians ?? 0) >= least, `受训的安装维修人员 ${seen.technicians ?? 0} 人，至少 ${least} 人（建议 6 人）`],
		[seen.clerks, '没有信访员或仓管员'],
		[seen.equipment, '通讯、办公设备或服务车辆不齐备'],
		[seen.accepts, '管理制度、人员稳定或对本制度的承诺未确认'],
	];
	return found.filter(([isMet]) => isMet !== true).map(([, lack]) => lack);
}
