import { useEffect, useState } from "preact/hooks";
import type { ActorRefFrom } from "xstate";
import type { Appearance } from "../../protocol/site.ts";
import { masked } from "../mask.ts";
import type { sessionMachine } from "../session.machine.ts";
import type { Spoken } from "../text/languages.ts";
import type { Words } from "../text/words.ts";
import { useActor } from "../use-actor.ts";
import { useCode } from "../use-code.ts";
import type { AboutSession } from "./about-session.ts";
import { Documents } from "./documents.tsx";
import { Leaving } from "./leaving.tsx";
import { Missing } from "./missing.tsx";
import { Outcome } from "./outcome.tsx";
import { Printing } from "./printing.tsx";
import { Settings } from "./settings.tsx";
import { StillThere } from "./still-there.tsx";
import { Wishes } from "./wishes.tsx";

/** The screens of one person's session: the tags of its machine choose which. */
export function Session(props: {
  actor: ActorRefFrom<typeof sessionMachine>;
  words: Words;
  appearance: Appearance;
  /** Names show their first letters until the person touches them. */
  maskNames: boolean;
  hasContrast: boolean;
  /** When the bridge logs the person out, by the clock `now`. */
  logOutAt: number;
  now: () => number;
  onLanguage: (language: Spoken) => void;
}) {
  const { actor, appearance, onLanguage } = props;
  const snapshot = useActor(actor);
  const { context } = snapshot;
  const { code } = context.session;
  const Code = useCode(code !== undefined);
  const [isMasked, setMasked] = useState(props.maskNames);
  const words = isMasked ? { ...props.words, name: masked } : props.words;
  const onShowNames = isMasked ? () => setMasked(false) : undefined;
  const about: AboutSession = {
    words,
    appearance,
    context,
    canTypeCode: code !== undefined && Code !== undefined,
    send: actor.send,
    onLanguage,
    onShowNames,
  };
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
  if (snapshot.hasTag("setting")) return <Settings {...about} />;
  if (snapshot.hasTag("missing")) return <Missing {...about} />;
  if (snapshot.hasTag("code") && code !== undefined && Code !== undefined)
    return (
      <Code words={words} code={code} pressId={context.askedId} now={props.now} send={actor.send} />
    );
  if (snapshot.hasTag("wishes")) return <Wishes {...about} hasContrast={props.hasContrast} />;
  if (snapshot.hasTag("starting") || snapshot.hasTag("printing")) return <Printing {...about} />;
  if (snapshot.hasTag("outcome")) return <Outcome {...about} />;
  if (snapshot.hasTag("leaving")) return <Leaving words={words} appearance={appearance} />;
  return <Documents {...about} />;
}
