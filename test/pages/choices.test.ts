import { ref, lines, integer } from '../../domain/document/fields';
import { givenFor } from '../../engine/engine';
import { saveRecords } from '../../engine/saveRecords';
import { choicesFor } from '../../pages/choices';
import type { Visit } from '../../pages/site';
import { at } from '../support/calendars';
import { databases } from '../support/databases';
import { loadMasterData } from '../support/masterData';

describe('drop-downs of pages', () => {
	const fields = {
		technician: ref('person', { en: 'Technician', zh: '技术员' }),
		parts: lines({ item: ref('item', { en: 'Part', zh: '配件' }), quantity: integer({ en: 'Quantity', zh: '数量' }) }, { en: 'Parts', zh: '配件' }),
	};

	it('V-023: name who is fit and free; a list too long for a drop-down is typed instead of cut off', async () => {
		const database = await (databases[0] as (typeof databases)[number])[1]();
		await loadMasterData(database.store);
		const visit = { store: database.store, given: await givenFor(database.store, { actor: 'Z01', now: at('2025-06-06 15:00') }) } as unknown as Visit;
		const call = { model: 'BCD-1', appointFrom: null };
		const few = await choicesFor(visit, fields, call);
		expect([...(few['technician'] ?? [])]).toEqual([['J02', '赵师傅（空闲）'], ['J01', '李师傅（空闲，无有效资质）']]);
		expect(few['parts.item']?.get('P001')).toBe('P001 压缩机');
		const { actor, now } = visit.given;
		await saveRecords(database.store, 'item', Array.from({ length: 400 }, (_, index) => ({ no: `X${index}`, values: { name: `件${index}`, unitOfMeasure: '件' } })), { actor, now });
		expect((await choicesFor(visit, fields, call))['parts.item']).toBeUndefined();
		await database.drop();
	});
});
