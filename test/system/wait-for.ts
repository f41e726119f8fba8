/**
 * Waits until a question about the outside has an answer that is not undefined or false. For what
 * tells no event of its own (a count on another's page); everything else is waited for by its event.
 */
export async function waitFor<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  withinMs = 20_000,
): Promise<T> {
  const until = performance.now() + withinMs;
  let last: unknown;
  for (;;) {
    const answer = await Promise.resolve(ask()).catch((error: unknown) => {
      last = error;
      return undefined;
    });
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > until)
      throw new Error(
        `${what} did not happen within ${withinMs} ms${last === undefined ? "" : ` (${String(last)})`}`,
      );
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
