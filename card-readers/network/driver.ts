import type { Driver } from "../driver.ts";
import { tellLine } from "../line/line-driver.ts";
import { partOfCard, readLines } from "../line/read-lines.ts";
import type { Feedback } from "../reader.ts";
import { bytesOf } from "../transport/wire.ts";

/**
 * One-letter commands that network readers of the common sample protocol know: `b` beeps, `e` shows an
 * error, `v` asks for the version. A reader that knows none of them ignores them.
 */
const said: Record<Feedback, string> = { accepted: "b", refused: "e", busy: "", offline: "e" };
const greeting = "\rv";
/** A line that comes so soon after the greeting is the version. */
const versionMs = 1_000;

/** A network reader that sends each card as a line, whichever side dialled. */
export const driver: Driver = {
  open({ wire: open, candidate, events, now, learned }) {
    const wire = bytesOf(open);
    const openedAt = now();
    // A reader that listens is used to being asked; one that dials in may be asked by nobody.
    let greeted = candidate.transport === "tcp-dial";
    const lines = readLines({
      wire,
      now,
      silenceEnds: true,
      ...(learned === undefined ? {} : { learned }),
      onLine(line, at) {
        const version = greeted && at - openedAt < versionMs;
        greeted = false;
        if (!version && tellLine(line, { medium: "rfid" }, events)) wire.write(said.refused);
      },
      onDoubt() {
        events.onRefused?.(partOfCard);
        wire.write(said.refused);
      },
      onTrouble: events.onTrouble,
    });
    if (greeted) wire.write(greeting);
    return {
      identity: { driver: "network", model: "network reader" },
      capabilities: { feedback: true, presence: false, tagType: false },
      feedback(feedback) {
        if (said[feedback] !== "") wire.write(said[feedback]);
      },
      async close() {
        lines.stop();
        await wire.close();
      },
    };
  },
};
