export type StoreErrorCode =
	| 'DATABASE_GONE'
	| 'DATABASE_UNREACHABLE'
	| 'DATABASE_READ_ONLY'
	| 'DATABASE_BUSY'
	/** Two wrote the same at once: doing it again settles it. */
	| 'DATABASE_CONFLICT'
	| 'DATABASE_FULL'
	| 'DATABASE_DAMAGED'
	| 'DATABASE_REFUSED'
	| 'DATABASE_FAILED';

/** A fault of the database, not of the user's input: nothing was stored, the same act may be repeated. */
export class StoreError extends Error {
	override readonly name = 'StoreError';

	constructor(
		readonly code: StoreErrorCode,
		message: string,
		readonly way: string,
		cause?: unknown,
	) {
		super(message, { cause });
	}
}
