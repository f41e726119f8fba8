import { Component, type ComponentChildren, render } from "preact";
import { createActor, type InspectionEvent, type SnapshotFrom } from "xstate";
import { App } from "./app.tsx";
import { socketAddress } from "./early-socket.ts";
import { firstViewOf } from "./first-view.ts";
import { keepAlive } from "./keep-alive.ts";
import { kioskMachine } from "./kiosk.machine.ts";
import type { KioskInput } from "./kiosk-setup.ts";
import { newId } from "./new-id.ts";
import { pageReloader } from "./reload-page.ts";

declare global {
  /** Set before the page loads, it is told every step of the machines: for tests and technicians. */
  var guichetInspect: ((event: InspectionEvent) => void) | undefined;
}

const now = () => performance.now();
const reload = pageReloader({
  memory: sessionStorage,
  now: Date.now,
  random: Math.random,
  later: (action, ms) => setTimeout(action, ms),
  reload: () => location.reload(),
});

/** Catches what fails in drawing a screen. */
class Boundary extends Component<{
  failed: (error: unknown) => void;
  children: ComponentChildren;
}> {
  override componentDidCatch(error: unknown) {
    this.props.failed(error);
  }
  override render() {
    return this.props.children;
  }
}

/** Starts the screen in the page. To be called once. */
export function start(): void {
  const place = document.getElementById("screen");
  if (place === null) throw new Error("The page has no screen.");

  const failed = (error: unknown) => keeper.failed(error);
  const inspect = window.guichetInspect;
  const createKiosk = (start: Pick<KioskInput, "unanswered" | "firstView">) =>
    createActor(kioskMachine, {
      ...(inspect === undefined ? {} : { inspect }),
      input: {
        address: socketAddress(location),
        ...start,
        newId,
        now,
        random: Math.random,
        reload,
        wantsContrast: matchMedia("(prefers-contrast: more)").matches,
      },
    });
  type Kiosk = ReturnType<typeof createKiosk>;

  const keeper = keepAlive<SnapshotFrom<Kiosk>, Kiosk>({
    build: (last) =>
      createKiosk({
        unanswered: last?.context.unanswered ?? [],
        // Of an actor that failed nothing is trusted that can be had anew.
        firstView: last === undefined ? firstViewOf(document) : undefined,
      }),
    show: ({ actor, generation }) =>
      render(
        <Boundary key={generation} failed={failed}>
          <App actor={actor} />
        </Boundary>,
        place,
      ),
    now,
    reload,
  });

  // A kiosk has no menus.
  document.addEventListener("contextmenu", (event) => event.preventDefault());
}
