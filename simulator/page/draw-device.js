import { make } from "./make-element.js";

const states = { idle: "Ready", processing: "Working", stopped: "Stopped" };
const stages = {
  incoming: "waits for its document",
  receiving: "its document comes in",
  rendering: "is being read",
  queued: "waits for the engine",
  printing: "printing",
  stopping: "canceled, the paper path empties",
  completed: "completed",
  canceled: "canceled",
  aborted: "aborted",
};
/** What the device may say of a job at these stages without being wrong. */
const honest = {
  incoming: ["pending"],
  receiving: ["pending"],
  rendering: ["processing"],
  queued: ["processing", "processingStopped"],
  printing: ["processing", "processingStopped"],
  stopping: ["processing"],
};

const byId = (id) => document.getElementById(id);

/** Shows panel, light, counter and jobs as `GET /state` tells them. */
export function drawDevice(device) {
  const { body } = document;
  const on = device.power === "on";
  body.dataset.state = on ? device.state : "off";
  body.dataset.power = device.power;
  body.dataset.light = lightOf(device);
  body.dataset.blinks = device.identifying ? "yes" : "no";
  body.dataset.tray = String(Math.min(3, device.sidesInTray));
  document.title = `${device.name}: ${on ? states[device.state] : "no power"}`;
  byId("name").textContent = device.name;
  byId("state").textContent = on ? states[device.state] : "No power";
  byId("message").textContent = on ? device.message : "The device is dark.";
  const { colour, grey, sheets } = device.counter;
  byId("total").textContent = String(colour + grey).padStart(6, "0");
  byId("split").textContent = `${colour} colour, ${grey} grey, on ${sheets} sheets`;
  drawJobs(device.jobs);
}

function lightOf(device) {
  if (device.power === "off") return "off";
  if (device.state === "stopped") return "stop";
  return device.reasons.some((reason) => reason.endsWith("-warning")) ? "warn" : "ready";
}

function drawJobs(jobs) {
  const newest = jobs.slice(-20).reverse();
  byId("jobs").replaceChildren(
    ...(newest.length === 0 ? [make("li", {}, "The device knows of no job.")] : []),
    ...newest.map((job) => {
      const pages = job.sides === null ? "" : `, ${job.printed} of ${job.sides} sides`;
      const lies = !(honest[job.stage] ?? [job.stage]).includes(job.shown);
      return make(
        "li",
        {},
        make("strong", {}, `${job.id} `),
        job.name,
        make("span", { className: "what" }, `${job.user}: ${stages[job.stage]}${pages}`),
        ...(lies ? [make("span", { className: "what" }, `(the device says: ${job.shown})`)] : []),
      );
    }),
  );
}
