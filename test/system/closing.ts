/** What a test opened, so that all of it is closed, the last opened first, whatever failed. */
export function closing() {
  const opened: { close: () => unknown }[] = [];
  return {
    add<T extends { close: () => unknown }>(it: T): T {
      opened.push(it);
      return it;
    },
    async all(): Promise<void> {
      for (const it of opened.splice(0).toReversed()) await it.close();
    },
  };
}
