// Why a file of the reader's cannot be read: the key of a sentence, and what stands in it.
export class Refusal extends Error {
  /** @param {string} key @param {Record<string, unknown>} values */
  constructor(key, values = {}) {
    super(`${key} ${JSON.stringify(values)}`);
    this.key = key;
    this.values = values;
  }
}
