import { useEffect } from "preact/hooks";
import type { ActorRefFrom } from "xstate";
import { applyAppearance } from "./appearance.ts";
import type { kioskMachine } from "./kiosk.machine.ts";
import { Identifying } from "./screens/identifying.tsx";
import { Connecting, OutOfService } from "./screens/message.tsx";
import { Refused } from "./screens/refused.tsx";
import { TapYourBadge } from "./screens/tap-your-badge.tsx";
import { languageFor, languages, type Spoken, spokenAmong } from "./text/languages.ts";
import { useActor } from "./use-actor.ts";
import { useSessionScreens } from "./use-session-screens.ts";
import { useWords } from "./use-words.ts";

type Kiosk = ActorRefFrom<typeof kioskMachine>;

/** The terminal's screen: the tags of the kiosk's machine choose which. */
export function App(props: { actor: Kiosk }) {
  const { actor } = props;
  const snapshot = useActor(actor);
  const { context } = snapshot;
  const { view } = context;
  const appearance = view?.appearance;
  const offered = appearance?.languages ?? Object.keys(languages);
  const wishes = [
    context.sessionLanguage,
    view?.session?.language,
    context.idleLanguage,
    view === undefined ? navigator.language : undefined,
  ];
  const language = languageFor(wishes, offered);
  const words = useWords(language, spokenAmong(offered), appearance?.currency ?? "EUR");
  const Session = useSessionScreens(view !== undefined);
  const onLanguage = (chosen: Spoken) => actor.send({ type: "choose language", language: chosen });

  useEffect(() => {
    if (appearance !== undefined) applyAppearance(appearance, document);
  }, [appearance?.name, appearance?.accent]);
  useEffect(() => {
    if (words === undefined) return;
    document.documentElement.lang = words.language;
    document.documentElement.dir = words.direction;
  }, [words]);

  if (words === undefined) return <div class="counter counter--accent" />;
  const screen = () => {
    if (snapshot.hasTag("out-of-service"))
      return <OutOfService words={words} appearance={appearance} />;
    if (view === undefined || snapshot.hasTag("connecting") || snapshot.hasTag("trouble"))
      return <Connecting words={words} appearance={appearance} />;
    if (snapshot.hasTag("identifying"))
      return <Identifying words={words} appearance={view.appearance} />;
    if (snapshot.hasTag("refused") && view.refusal !== null)
      return <Refused words={words} view={view} reason={view.refusal} />;
    const session = snapshot.children.session;
    if (session !== undefined && Session === undefined)
      return <Identifying words={words} appearance={view.appearance} />;
    if (session !== undefined && Session !== undefined)
      return (
        <Session
          key={session.sessionId}
          actor={session}
          words={words}
          appearance={view.appearance}
          logOutAt={context.viewAt + (view.session?.logOutInMs ?? 0)}
          now={context.now}
          onLanguage={onLanguage}
        />
      );
    return <TapYourBadge words={words} view={view} onLanguage={onLanguage} />;
  };
  return (
    <>
      {screen()}
      {snapshot.hasTag("reconnecting") && (
        <p class="reconnecting" role="status">
          {words.text.reconnecting}
        </p>
      )}
    </>
  );
}
