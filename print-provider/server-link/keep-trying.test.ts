import { describe, expect, it } from "vitest";
import { backoff } from "./backoff.ts";
import { keepTrying } from "./keep-trying.ts";

describe("waiting times", () => {
  it("double up to the most, and leave half to chance", () => {
    const first = (random: number) => {
      const times = backoff({ firstMs: 100, mostMs: 1000, random: () => random });
      return Array.from({ length: 6 }, () => times.next().value);
    };
    expect(first(0)).toEqual([50, 100, 200, 400, 500, 500]);
    expect(first(1)).toEqual([100, 200, 400, 800, 1000, 1000]);
  });
});

describe("trying again", () => {
  it("begins its waiting times anew after each success, and ends with the signal", async () => {
    const ended = new AbortController();
    const asked: number[] = [];
    let round = 0;
    const failures: unknown[] = [];
    const outcomes = [false, false, true, false, true];
    await keepTrying(
      () => {
        const good = outcomes[round++];
        if (good === undefined) ended.abort();
        return good === false ? Promise.reject(new Error("away")) : Promise.resolve();
      },
      {
        intervals: function* () {
          for (let step = 0; ; step += 1) {
            asked.push(step);
            yield 0;
          }
        },
        signal: ended.signal,
        onFailure: (error) => failures.push(error),
      },
    );
    expect(asked).toEqual([0, 1, 0]);
    expect(failures).toHaveLength(3);
  });
});
