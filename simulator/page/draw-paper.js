import { make } from "./make-element.js";

/** The highest impression that was drawn: sides above it have just come out. */
let drawn = 0;

/** Shows the sides in the tray as sheets, newest job first. `total` counts those not shown, too. */
export function drawPaper(sides, total) {
  const jobs = new Map();
  for (const side of sides) {
    const job = jobs.get(side.jobUuid) ?? new Map();
    jobs.set(side.jobUuid, job);
    job.set(side.sheet, [...(job.get(side.sheet) ?? []), side]);
  }
  const box = document.getElementById("sheets");
  const lists = [...jobs.values()].reverse().map(drawJob);
  const hidden = total - sides.length;
  if (hidden > 0) lists.push(make("p", {}, `And ${hidden} sides more below them.`));
  box.replaceChildren(
    ...(lists.length > 0
      ? lists
      : [
          make(
            "p",
            { className: "empty" },
            "No paper yet. What is printed here lands in this tray.",
          ),
        ]),
  );
  document.getElementById("tray-count").textContent =
    total === 0 ? "" : total === 1 ? "1 side" : `${total} sides`;
  document.getElementById("take").disabled = total === 0;
  drawn = Math.max(drawn, ...sides.map((side) => side.impression));
}

function drawJob(sheets) {
  const all = [...sheets.values()];
  const [first] = all[0];
  const title = make(
    "h3",
    {},
    `${first.jobName} `,
    make("span", {}, `job ${first.job}, ${first.user}, ${first.size}`),
  );
  return make("div", { className: "job" }, title, make("ol", {}, ...all.map(drawSheet)));
}

function drawSheet(sides) {
  const [first] = sides;
  const fresh = sides.some((side) => side.impression > drawn);
  const pages = sides.map((side) => side.page).join(" and ");
  const colours = [...new Set(sides.map((side) => side.colour))].join(", ");
  return make(
    "li",
    { className: fresh ? "sheet new" : "sheet" },
    make("div", { className: "sides", "aria-hidden": "true" }, ...sides.map(drawSide)),
    make(
      "p",
      {},
      sides.length === 1 ? `Page ${pages} of ${first.pages}` : `${pages} of ${first.pages}`,
      make("br"),
      first.copy > 1 ? `copy ${first.copy}: ${colours}` : colours,
    ),
  );
}

function drawSide(side) {
  return make(
    "div",
    { className: `side ${side.colour}` },
    ...Array.from({ length: 4 }, () => make("i")),
    make("b", {}, String(side.page)),
  );
}
