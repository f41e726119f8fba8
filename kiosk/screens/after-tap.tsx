import type { ActorRefFrom } from "xstate";
import type { TerminalView } from "../../protocol/kiosk.ts";
import type { sessionMachine } from "../session.machine.ts";
import type { Spoken } from "../text/languages.ts";
import type { Words } from "../text/words.ts";
import { Refused } from "./refused.tsx";
import { Session } from "./session.tsx";

/** What a tap leads to: a session, or why there is none. */
export function AfterTap(props: {
  session: ActorRefFrom<typeof sessionMachine> | undefined;
  view: TerminalView;
  words: Words;
  /** When the bridge logs the person out, by the clock `now`. */
  logOutAt: number;
  now: () => number;
  hasContrast: boolean;
  onLanguage: (language: Spoken) => void;
}) {
  const { session, view, words } = props;
  if (session !== undefined)
    return (
      <Session
        key={session.sessionId}
        actor={session}
        words={words}
        appearance={view.appearance}
        logOutAt={props.logOutAt}
        now={props.now}
        maskNames={view.maskNames === true}
        hasContrast={props.hasContrast}
        onLanguage={props.onLanguage}
      />
    );
  return <Refused words={words} view={view} reason={view.refusal ?? "try-again"} />;
}
