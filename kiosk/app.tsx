import { useLayoutEffect, useMemo } from "preact/hooks";
import type { ActorRefFrom, SnapshotFrom } from "xstate";
import { applyAppearance } from "./appearance.ts";
import type { kioskMachine } from "./kiosk.machine.ts";
import { Identifying } from "./screens/identifying.tsx";
import { Connecting, OutOfService } from "./screens/message.tsx";
import { TapYourBadge } from "./screens/tap-your-badge.tsx";
import { type Asked, sealed } from "./sealed.ts";
import { type FirstWords, firstWordsIn } from "./text/first-words.ts";
import { languageFor, languages, type Spoken, spokenAmong } from "./text/languages.ts";
import { useActor } from "./use-actor.ts";
import { useAfterTap } from "./use-after-tap.ts";
import { useKeyboardReader } from "./use-keyboard-reader.ts";
import { useSignIn } from "./use-sign-in.ts";

type Kiosk = ActorRefFrom<typeof kioskMachine>;
type Snapshot = SnapshotFrom<typeof kioskMachine>;

/** The terminal's screen, in the language of whoever is there. */
export function App(props: { actor: Kiosk }) {
  const { actor } = props;
  const snapshot = useActor(actor);
  const appearance = snapshot.context.view?.appearance;
  const offered = appearance?.languages ?? Object.keys(languages);
  const language = languageOf(snapshot, offered);
  const words = useMemo(
    () => (language === undefined ? undefined : firstWordsIn(language)),
    [language],
  );

  // Before the screen is painted: the site's colour would otherwise cost a second style and paint.
  useLayoutEffect(() => {
    if (appearance !== undefined) applyAppearance(appearance, document);
  }, [appearance?.name, appearance?.accent]);
  useLayoutEffect(() => {
    if (words === undefined) return;
    document.documentElement.lang = words.language;
    document.documentElement.dir = words.direction;
  }, [words]);

  useKeyboardReader({
    settings: snapshot.context.view?.keyboardReader,
    // Past the machine, which has no use for it: what is read while the link is down is not said later.
    onCard: (read) =>
      actor
        .getSnapshot()
        .children.link?.send({ type: "say", message: { type: "card", text: sealed(read) } }),
  });

  const strong = hasContrast(snapshot);
  useLayoutEffect(() => {
    document.documentElement.classList.toggle("contrast", strong);
  }, [strong]);

  if (words === undefined) return <div class="counter counter--accent" />;
  return (
    <>
      <Screen
        snapshot={snapshot}
        words={words}
        onLanguage={(chosen) => actor.send({ type: "choose language", language: chosen })}
        onContrast={() => actor.send({ type: "choose contrast" })}
        onWhole={() => actor.send({ type: "whole" })}
        onAsk={(intent) => actor.send({ type: "ask", id: snapshot.context.newId(), intent })}
      />
      {snapshot.hasTag("reconnecting") && (
        <p class="reconnecting" role="status">
          {words.text.reconnecting}
        </p>
      )}
    </>
  );
}

/** The tags of the kiosk's machine choose the screen. */
function Screen(props: {
  snapshot: Snapshot;
  words: FirstWords;
  onLanguage: (language: Spoken) => void;
  onContrast: () => void;
  onAsk: (asked: Asked) => void;
  onWhole: () => void;
}) {
  const { snapshot, words, onLanguage, onAsk } = props;
  const { view, viewAt, now, reload } = snapshot.context;
  const afterTap = useAfterTap({
    isTime: view !== undefined,
    language: words.language,
    offered: spokenAmong(view?.appearance.languages ?? []),
    currency: view?.appearance.currency ?? "EUR",
    onLoaded: props.onWhole,
    giveUp: reload,
  });
  const isTyped = snapshot.hasTag("signing-in");
  const SignIn = useSignIn({
    isNeeded: isTyped,
    mayBeNeeded: view?.signInWays?.some((way) => way !== "card") === true,
    giveUp: reload,
  });
  const appearance = view?.appearance;
  if (snapshot.hasTag("out-of-service"))
    return <OutOfService words={words} appearance={appearance} />;
  if (view === undefined || snapshot.hasTag("trouble"))
    return <Connecting words={words} appearance={appearance} />;
  if (view.session === null && snapshot.hasTag("tap-your-badge"))
    return (
      <TapYourBadge
        words={words}
        view={view}
        hasContrast={hasContrast(snapshot)}
        onLanguage={onLanguage}
        onContrast={props.onContrast}
        onAsk={onAsk}
      />
    );
  if (isTyped && view.signIn != null && SignIn !== undefined && afterTap !== undefined)
    return (
      <SignIn
        words={afterTap.words}
        appearance={view.appearance}
        signIn={view.signIn}
        ways={view.signInWays ?? []}
        waitUntil={viewAt + view.signIn.waitMs}
        now={now}
        onAsk={onAsk}
      />
    );
  if (isTyped || snapshot.hasTag("identifying") || afterTap === undefined)
    return <Identifying words={words} appearance={view.appearance} />;
  return (
    <afterTap.AfterTap
      session={snapshot.children.session}
      view={view}
      words={afterTap.words}
      logOutAt={viewAt + (view.session?.logOutInMs ?? 0)}
      now={now}
      hasContrast={hasContrast(snapshot)}
      onLanguage={onLanguage}
    />
  );
}

/** The person's choice, else what was touched before the tap, else what the panel is set to. */
function hasContrast({ context }: Snapshot): boolean {
  return context.view?.session?.contrast ?? context.idleContrast ?? context.wantsContrast;
}

/**
 * The language that was touched in the session, else the person's, else the one touched before the tap,
 * else the site's. Before the site is known there is nothing to say, unless it stays away.
 */
function languageOf(snapshot: Snapshot, offered: readonly string[]): Spoken | undefined {
  const { sessionLanguage, idleLanguage, view } = snapshot.context;
  if (view !== undefined)
    return languageFor([sessionLanguage, view.session?.language, idleLanguage], offered);
  return snapshot.hasTag("out-of-service") ? languageFor([navigator.language], offered) : undefined;
}
