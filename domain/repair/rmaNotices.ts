import type { Notice, NoticeLine } from '../document/document';
import type { Role } from '../organisation';
import { nameOf, type Rma } from './rmaPaper';

type About = Pick<Rma, 'no' | 'repairNo' | 'applicant' | 'model' | 'phone' | 'mail' | 'version'>;
type Mail = { readonly step: string; readonly subject: string; readonly rule: string; readonly body: readonly NoticeLine[] };

const head = (paper: About): NoticeLine[] => [['申请编号', paper.no], ...(paper.repairNo === null ? [] : [['维修编号', paper.repairNo] as const]), ['申请人', paper.applicant ?? ''], ['设备型号', paper.model ?? '']];

/** To those of a role who go on with it. `step` once for each version of the paper. */
export const toRole = (role: Role, paper: About, { step, subject, rule, body }: Mail): Notice => ({ key: `rma.${step}:${paper.no}:${paper.version}`, to: { role }, subject: `${subject} ${nameOf(paper)}`, rule, body: [...head(paper), ...body] });

/** To the applicant; without a mail address customer service is asked to phone him. */
export function toApplicant(paper: About, { step, subject, rule, body }: Mail): Notice {
	const key = `rma.${step}:${paper.no}:${paper.version}`;
	if (paper.mail !== null) return { key, to: { mail: paper.mail }, subject: `${subject} ${nameOf(paper)}`, rule, body: [...head(paper), ...body] };
	return { key, to: { role: 'customer_service' }, subject: `请电话通知客户：${subject} ${nameOf(paper)}`, rule, body: [...head(paper), ['电话', paper.phone ?? '没有留电话'], '客户没有留邮箱，请电话告知以下内容：', ...body] };
}
