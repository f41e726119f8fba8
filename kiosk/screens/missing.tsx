import type { MissingJob } from "../../protocol/missing-jobs.ts";
import { Desk } from "../parts/desk.tsx";
import { Heading } from "../parts/heading.tsx";
import type { Words } from "../text/words.ts";
import { useMinute } from "../use-time.ts";
import type { AboutSession } from "./about-session.ts";

/** *Why is my document not here?*: what is known of others of the person's jobs, and what to try. */
export function Missing(props: AboutSession) {
  const { words, context, send } = props;
  const { text } = words;
  const { missing, displayName } = context.session;
  const now = useMinute();
  const jobs = missing?.jobs ?? [];
  const isAsking = missing === undefined || missing.state === "asking";
  const login = words.name(missing?.login ?? displayName);
  return (
    <Desk
      {...props}
      foot={
        <div class="order">
          <p class="order-note" role="status">
            {isAsking && text.missing.asking}
            {missing?.state === "partly" && text.missing.partly}
          </p>
          <button type="button" class="button" onClick={() => send({ type: "look for missing" })}>
            {text.missing.again}
          </button>
          <button
            type="button"
            class="button button--main"
            data-back
            onClick={() => send({ type: "back" })}
          >
            {text.outcome.continue}
          </button>
        </div>
      }
    >
      <div class="list-head">
        <Heading id="missing-title">{text.missing.title}</Heading>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard must be able to scroll it */}
      <ul class="list missing" tabIndex={0} aria-labelledby="missing-title">
        {jobs.map((job) => (
          <li key={`${job.title} ${job.submittedAt}`} class="row missing-job">
            <p>
              <strong class="row-title">{words.name(job.title)}</strong>
              <span class="row-parts">{words.when(job.submittedAt, now)}</span>
              <span class="missing-why">{whyOf(words, job, now)}</span>
            </p>
          </li>
        ))}
        {jobs.length === 0 && !isAsking && <li class="missing-hint">{text.missing.none}</li>}
        <li class="missing-hint">{words.fill(text.missing.name, { login })}</li>
        <li class="missing-hint">{text.missing.queue}</li>
        <li class="missing-hint">{text.missing.wait}</li>
      </ul>
    </Desk>
  );
}

function whyOf(words: Words, job: MissingJob, now: Date): string {
  const { because, places, endedAt, refusedBecause } = job;
  const { text } = words;
  if (because === "refused") return `${text.document.refused} ${words.whyRefused(refusedBecause)}`;
  if (because === "other-device" && (places ?? "") === "") return text.missing.noDevice;
  return words.fill(text.missing.why[because], {
    places: places ?? "",
    when: endedAt === undefined ? "" : words.when(endedAt, now),
  });
}
