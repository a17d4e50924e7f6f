import { satisfactions } from '../domain/service/visit';
import { ratingItems, type RatingItem } from '../domain/technician/rating';
import { html, Html } from './html';
import type { Visit } from './site';

const items = Object.keys(ratingItems) as RatingItem[];

/** A rating counts with all four items. @rule T-020 */
export const ratingOf = ({ fields }: Visit['request']): Record<string, unknown> | null => (items.every((item) => typeof fields[item] === 'string' && fields[item] !== '') ? Object.fromEntries(items.map((item) => [item, fields[item]])) : null);

/** The four items, each on four levels. */
export const ratingHtml = (chosen: Readonly<Record<string, unknown>> = {}): Html =>
	html`${items.map((item) => html`<fieldset><legend>${ratingItems[item]}</legend><div class="chips">${Object.entries(satisfactions).map(([level, label]) => html`<label><input type="radio" name="${item}" value="${level}"${new Html(chosen[item] === level ? ' checked' : '')}><span>${label}</span></label>`)}</div></fieldset>`)}`;
