// What is loaded when it is first asked for, and then kept; where it could not be loaded, the next who asks tries again.

/**
 * @template {unknown[]} Given
 * @template Loaded
 * @param {(...given: Given) => Promise<Loaded>} load
 * @returns {(...given: Given) => Promise<Loaded>}
 */
export function once(load) {
  /** @type {Promise<Loaded> | undefined} */
  let loading;
  return (...given) =>
    (loading ??= load(...given).catch((error) => {
      loading = undefined;
      throw error;
    }));
}
