type Node = { readonly no: string; readonly question: string; readonly yes: string | null; readonly otherwise: string | null; readonly faultCode: string | null; readonly advice: string | null; readonly model: string | null };

/** Where a diagnosis by phone stands. */
export type Diagnosis = {
	/** The node reached. */
	readonly node: Node;
	readonly asked: readonly { readonly question: string; readonly answer: '是' | '否' }[];
	/** No further question: the fault code is the result. */
	readonly isEnd: boolean;
};

/** Where a diagnosis begins: the tree of the product line, else the general one; null where no tree is kept. */
export function firstQuestion(nodes: readonly Node[], model: string): Node | null {
	const followed = new Set(nodes.flatMap(({ yes, otherwise }) => [yes, otherwise]));
	const roots = nodes.filter(({ no }) => !followed.has(no));
	return roots.find((root) => root.model !== null && model.startsWith(root.model)) ?? roots.find(({ model: line }) => line === null) ?? null;
}

/**
 * Follows the answers from a first question; an answer that leads nowhere ends it.
 * @rule V-070 — questions on the phone lead to a fault code
 */
export function diagnose(nodes: readonly Node[], first: Node, answers: readonly boolean[]): Diagnosis {
	const byNo = new Map(nodes.map((node) => [node.no, node]));
	const asked: { question: string; answer: '是' | '否' }[] = [];
	let node = first;
	for (const answer of answers) {
		const next = byNo.get((answer ? node.yes : node.otherwise) ?? '');
		if (next === undefined) break;
		asked.push({ question: node.question, answer: answer ? '是' : '否' });
		node = next;
	}
	return { node, asked, isEnd: !byNo.has(node.yes ?? '') && !byNo.has(node.otherwise ?? '') };
}
