/** n8n needs about 15 s to start, slower machines more. */
jest.setTimeout(240_000);
