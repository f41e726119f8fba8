import type { ReleaseView } from "../../protocol/kiosk.ts";
import { Desk } from "../parts/desk.tsx";
import { DeviceTrouble } from "../parts/device-trouble.tsx";
import { Heading } from "../parts/heading.tsx";
import { PaperPicture } from "../parts/paper-picture.tsx";
import { Progress } from "../parts/progress.tsx";
import { activeReleases, wantedOf } from "../session-view.ts";
import type { Words } from "../text/words.ts";
import type { AboutSession } from "./about-session.ts";

/** How many pages came out, of each document and of all; what is in the way; and *Stop*. */
export function Printing(props: AboutSession) {
  const { words, context, send } = props;
  const { text } = words;
  const releases = context.session.releases
    .filter((one) => !context.seen.has(one.releaseId))
    .map((one) => ({ ...one, wanted: wantedOf(context.session, one) }));
  const active = activeReleases(context.session);
  const isStopping =
    active.length > 0 && active.every((one) => context.stopping.has(one.releaseId));
  const troubled = active.find((release) => release.problem !== undefined);
  const device = context.devices.find((one) => one.id === (troubled ?? active[0])?.device);
  const printed = releases.reduce((sum, one) => sum + one.impressions, 0);
  const wanted = releases.reduce((sum, one) => sum + one.wanted, 0);
  const overall = words.fill(text.printing.overall, { printed, wanted });
  return (
    <Desk
      {...props}
      foot={
        <div class="order">
          <p class="order-note" role="status">
            {isStopping ? text.printing.stopping : text.printing.logOutHint}
          </p>
          <button
            type="button"
            class="button"
            aria-disabled={isStopping || active.length === 0}
            onClick={() => send({ type: "stop" })}
          >
            {text.printing.stop}
          </button>
        </div>
      }
    >
      {troubled?.problem !== undefined && (
        <DeviceTrouble
          words={words}
          device={device?.name ?? troubled.device}
          problem={troubled.problem}
        />
      )}
      <div class="printing">
        <div class="printing-whole">
          <PaperPicture isMoving={troubled === undefined && !isStopping} />
          <div>
            <Heading id="screen-title">{text.printing.title}</Heading>
            <p class="printing-count" role="status">
              {releases.length === 0 ? text.printing.starting : overall}
            </p>
          </div>
          {releases.length > 0 && (
            <Progress label={text.printing.title} done={printed} wanted={wanted} said={overall} />
          )}
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard must be able to scroll it */}
        <ul class="printing-list" tabIndex={0} aria-labelledby="screen-title">
          {releases.map((release) => (
            <Line key={release.releaseId} words={words} release={release} />
          ))}
        </ul>
      </div>
    </Desk>
  );
}

function Line(props: { words: Words; release: ReleaseView }) {
  const { words, release } = props;
  const said = stateOf(words, release);
  return (
    <li class={`line line--${release.phase}`}>
      <span class="line-title">{words.name(release.title)}</span>
      <span class="line-state">{said}</span>
      <Progress
        label={words.name(release.title)}
        done={release.impressions}
        wanted={release.wanted}
        said={said}
      />
    </li>
  );
}

function stateOf(words: Words, release: ReleaseView): string {
  const { printing } = words.text;
  const counted = { printed: release.impressions, wanted: release.wanted };
  switch (release.phase) {
    case "waiting":
    case "preparing":
      return printing[release.phase];
    case "sending":
      return release.impressions === 0 ? printing.sending : words.fill(printing.printing, counted);
    case "printing":
    case "ended":
      return words.fill(printing.printing, counted);
  }
}
