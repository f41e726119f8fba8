import { useEffect } from "preact/hooks";
import type { ActorRefFrom } from "xstate";
import type { Appearance } from "../../protocol/site.ts";
import type { sessionMachine } from "../session.machine.ts";
import { chosenDocuments } from "../session-setup.ts";
import type { Spoken } from "../text/languages.ts";
import type { Words } from "../text/words.ts";
import { useActor } from "../use-actor.ts";
import { ConfirmDelete } from "./confirm-delete.tsx";
import { Documents } from "./documents.tsx";
import { Leaving } from "./leaving.tsx";
import { Outcome } from "./outcome.tsx";
import { Printing } from "./printing.tsx";
import { StillThere } from "./still-there.tsx";

/** The screens of one person's session: the tags of its machine choose which. */
export function Session(props: {
  actor: ActorRefFrom<typeof sessionMachine>;
  words: Words;
  appearance: Appearance;
  /** When the bridge logs the person out, by the clock `now`. */
  logOutAt: number;
  now: () => number;
  onLanguage: (language: Spoken) => void;
}) {
  const { actor, words, appearance, onLanguage } = props;
  const snapshot = useActor(actor);
  const { context } = snapshot;
  const about = { words, appearance, context, send: actor.send, onLanguage };
  useEffect(() => {
    const touch = () => actor.send({ type: "touch" });
    addEventListener("pointerdown", touch);
    addEventListener("keydown", touch);
    return () => {
      removeEventListener("pointerdown", touch);
      removeEventListener("keydown", touch);
    };
  }, [actor]);

  if (snapshot.hasTag("still-there"))
    return (
      <StillThere
        words={words}
        appearance={appearance}
        logOutAt={props.logOutAt}
        now={props.now}
        onStay={() => actor.send({ type: "stay" })}
      />
    );
  if (snapshot.hasTag("confirm-delete") || snapshot.hasTag("deleting"))
    return (
      <ConfirmDelete
        words={words}
        appearance={appearance}
        documents={chosenDocuments(context)}
        isUnderWay={snapshot.hasTag("deleting")}
        onConfirm={() => actor.send({ type: "confirm" })}
        onKeep={() => actor.send({ type: "keep" })}
      />
    );
  if (snapshot.hasTag("starting") || snapshot.hasTag("printing")) return <Printing {...about} />;
  if (snapshot.hasTag("outcome")) return <Outcome {...about} />;
  if (snapshot.hasTag("leaving")) return <Leaving words={words} appearance={appearance} />;
  return <Documents {...about} />;
}
