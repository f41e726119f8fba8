import type { DocumentView } from "../../protocol/kiosk.ts";
import { Desk } from "../parts/desk.tsx";
import { DeviceChoice } from "../parts/device-choice.tsx";
import { DeviceTrouble } from "../parts/device-trouble.tsx";
import { DocumentRow } from "../parts/document-row.tsx";
import { Heading } from "../parts/heading.tsx";
import { HeldDeletion } from "../parts/held-deletion.tsx";
import { PayerChoice } from "../parts/payer-choice.tsx";
import { PrintButtons } from "../parts/print-buttons.tsx";
import { Tick, WarningSign } from "../parts/signs.tsx";
import { settableHere } from "../print-settings.ts";
import {
  chosenDocuments,
  documentAsSet,
  printOrder,
  type SessionContext,
} from "../session-setup.ts";
import { canBeChosen, deviceInUse, hereOf, isReady, isTooMuch } from "../session-view.ts";
import { useMinute } from "../use-time.ts";
import type { AboutSession } from "./about-session.ts";

/** The person's documents: choose, print, delete. */
export function Documents(props: AboutSession) {
  const { words, context, canTypeCode, send } = props;
  const { text } = words;
  const { session, notice } = context;
  const { device } = printOrder(context, "all");
  return (
    <Desk
      {...props}
      isHome
      foot={
        session.documents.length > 0 && (
          <>
            <DeviceChoice
              words={words}
              devices={context.devices}
              inUse={device}
              onChoose={(chosen) => send({ type: "choose device", device: chosen })}
            />
            <PayerChoice
              words={words}
              session={session}
              onChoose={(account) => send({ type: "choose payer", account })}
            />
            <PrintButtons words={words} context={context} send={send} />
          </>
        )
      }
    >
      {device?.state === "blocked" && (
        <DeviceTrouble
          words={words}
          device={device.name}
          problem={device.problems[0] ?? "needs-attention"}
        />
      )}
      {session.notDeleted !== undefined && (
        <p class="notice" role="alert">
          <WarningSign />
          {words.count(text.deletion.notDeleted, session.notDeleted)}
        </p>
      )}
      {notice !== undefined && (
        <p class="notice" role="alert">
          <WarningSign />
          {text.notice[notice]}
        </p>
      )}
      {session.deletion !== undefined && (
        <HeldDeletion
          words={words}
          deletion={session.deletion}
          onUndo={() => send({ type: "undo" })}
        />
      )}
      {session.documents.length === 0 ? (
        <Nothing words={words} canTypeCode={canTypeCode} send={send} />
      ) : (
        <List words={words} context={context} canTypeCode={canTypeCode} send={send} />
      )}
    </Desk>
  );
}

type ToMore = Pick<AboutSession, "words" | "canTypeCode" | "send">;

function priceAsSet(context: SessionContext, document: DocumentView): number {
  return isReady(document) ? documentAsSet(context, document).counted.price : 0;
}

/** The way to documents that came from nobody known, where there can be some. */
function HaveCode(props: ToMore) {
  const { words, canTypeCode, send } = props;
  if (!canTypeCode) return null;
  return (
    <button type="button" class="button button--quiet" onClick={() => send({ type: "open code" })}>
      {words.text.haveCode}
    </button>
  );
}

function Nothing(props: ToMore) {
  const { nothingHere, yourDocuments, missing } = props.words.text;
  return (
    <div class="nothing">
      <svg class="nothing-picture" viewBox="0 0 160 110" aria-hidden="true">
        <path class="tray-back" d="M30 60V14h72l14 14v32z" />
        <path class="tray-front" d="M8 56h36l10 16h52l10-16h36v46H8z" />
      </svg>
      <Heading>{yourDocuments}</Heading>
      <p class="nothing-title" role="status">
        {nothingHere.title}
      </p>
      <p class="nothing-todo">{nothingHere.todo}</p>
      <p class="list-end">
        <HaveCode {...props} />
        <button
          type="button"
          class="button button--quiet"
          onClick={() => props.send({ type: "look for missing" })}
        >
          {missing.title}
        </button>
      </p>
    </div>
  );
}

function List(props: ToMore & { context: SessionContext }) {
  const { words, context, canTypeCode, send } = props;
  const minute = useMinute();
  const chosen = new Set(chosenDocuments(context).map((document) => document.jobId));
  const device = deviceInUse(context.devices, context.device);
  const choosable = context.session.documents.filter(canBeChosen);
  return (
    <>
      <div class="list-head">
        <Heading id="your-documents">{words.text.yourDocuments}</Heading>
        <div class="list-tools">
          <button
            type="button"
            class="button button--quiet"
            aria-disabled={chosen.size === 0}
            onClick={() => send({ type: "delete" })}
          >
            {words.text.delete}
          </button>
          {choosable.length > 1 && (
            <label class="choose-all">
              <input
                class="row-input"
                type="checkbox"
                checked={chosen.size === choosable.length}
                onChange={() => send({ type: "choose all" })}
              />
              <span>{words.text.selectAll}</span>
              <span class="row-box">
                <Tick />
              </span>
            </label>
          )}
        </div>
      </div>
      <div class="list">
        {/* biome-ignore lint/a11y/noRedundantRoles: a list without bullets is no list to some screen readers */}
        <ul role="list" aria-labelledby="your-documents">
          {context.session.documents.map((document) => (
            <DocumentRow
              key={document.jobId}
              words={words}
              document={isReady(document) ? documentAsSet(context, document) : document}
              here={hereOf(document, device, context.devices)}
              mayBeSet={isReady(document) && settableHere(document, device).size > 0}
              isSet={context.settings.has(document.jobId)}
              onSettings={() => send({ type: "open settings", jobId: document.jobId })}
              isChosen={chosen.has(document.jobId)}
              isTooMuch={
                document.state === "ready" &&
                isTooMuch(context.session, priceAsSet(context, document))
              }
              now={minute}
              onChoose={() => send({ type: "choose", jobId: document.jobId })}
            />
          ))}
        </ul>
        <p class="list-end">
          <HaveCode words={words} canTypeCode={canTypeCode} send={send} />
          <button
            type="button"
            class="button button--quiet"
            onClick={() => send({ type: "look for missing" })}
          >
            {words.text.missing.title}
          </button>
        </p>
      </div>
    </>
  );
}
