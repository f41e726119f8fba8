import { readFaults, readPaper, readState, takePaper } from "./device-api.js";
import { drawDevice } from "./draw-device.js";
import { drawFaults, mendAll } from "./draw-faults.js";
import { drawPaper } from "./draw-paper.js";

const beatMs = 400;

let revision;
let faultsSet;

async function look() {
  const device = await readState();
  drawDevice(device);
  if (device.paperRevision !== revision) {
    drawPaper(await readPaper(), device.sidesInTray);
    revision = device.paperRevision;
  }
  // Some faults end by themselves, as a power cut that is over.
  if (device.faultsSet !== faultsSet) {
    drawFaults(await readFaults());
    faultsSet = device.faultsSet;
  }
}

async function keepLooking() {
  const lost = document.getElementById("lost");
  try {
    await look();
    lost.hidden = true;
  } catch {
    lost.hidden = false;
  }
  setTimeout(keepLooking, beatMs);
}

document.getElementById("take").addEventListener("click", async () => {
  await takePaper();
  await look();
});
document.getElementById("mend").addEventListener("click", async () => mendAll(await readFaults()));

void keepLooking();
