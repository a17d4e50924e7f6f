import fc from 'fast-check';

import { attributeOf, xmlScanner } from '../../spreadsheet/worker/read/scanXml';

function scan(chunks: readonly Buffer[]): string[] {
	const seen: string[] = [];
	const scanner = xmlScanner({
		open: (name, attributes) => seen.push(`<${name}${attributes}`),
		close: (name) => seen.push(`/${name}`),
		text: (raw) => seen.push(`"${raw}`),
		wantsText: () => true,
	});
	chunks.forEach((chunk) => scanner.write(chunk));
	scanner.end();
	return seen;
}

describe('xmlScanner', () => {
	const xml = Buffer.from('<?xml version="1.0"?><!-- <c> --><a:row r="1" t=\'x>y\'><c/><v>压缩&lt;机&#x1F600;</v><![CDATA[<&]]></a:row>');

	it('sees tags without prefixes, attributes with a > inside, entities, CDATA', () => {
		expect(scan([xml])).toEqual(['<row r="1" t=\'x>y\'', '<c', '/c', '<v', '"压缩<机😀', '/v', '"<&', '/row']);
	});

	it('sees the same wherever the bytes are cut, inside of characters too', () => {
		const cuts = fc.array(fc.nat(xml.length), { maxLength: 8 });
		fc.assert(
			fc.property(cuts, (places) => {
				const edges = [0, ...places.sort((a, b) => a - b), xml.length];
				const chunks = edges.slice(1).map((edge, index) => xml.subarray(edges[index], edge));
				expect(scan(chunks)).toEqual(scan([xml]));
			}),
		);
	});

	it('ends with an error or an answer on any text, never otherwise', () => {
		const pieces = fc.array(fc.constantFrom('<', '>', '/', '"', "'", '<!', '<!--', '-->', '<![CDATA[', ']]>', '<?', '?>', 'a', ' ', '=', '&', ';'), { maxLength: 30 });
		fc.assert(
			fc.property(pieces, (parts) => {
				try {
					scan([Buffer.from(parts.join(''))]);
				} catch (error) {
					expect(String(error)).toMatch(/XML/);
				}
			}),
		);
	});

	it.each(['<a>', '<a></a></a>', '<a/><b', '<!DOCTYPE html><a/>', '<a>&b;</a>text'])('refuses %s', (broken) => {
		expect(() => scan([Buffer.from(broken)])).toThrow('XML');
	});
});

describe('attributeOf', () => {
	it('takes whole names only and decodes the value', () => {
		expect(attributeOf(' sheetId="1" xr:id="no" name="甲&amp;乙" r:id = \'rId2\'', 'r:id')).toBe('rId2');
		expect(attributeOf(' name="甲&amp;乙"', 'name')).toBe('甲&乙');
		expect(attributeOf(' spans="1:2"', 's')).toBeNull();
	});
});
