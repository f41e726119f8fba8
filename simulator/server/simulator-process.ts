import { startSimulator } from "../start-simulator.ts";

// A simulator in a process of its own, to be killed by a test: folder and pace are its arguments.
const [dataDir = "", pace = "0"] = process.argv.slice(2);
const simulator = await startSimulator({
  host: "127.0.0.1",
  port: 0,
  dataDir,
  pagesPerMinute: Number(pace),
});
process.send?.(simulator.url);
// Whoever started it and is gone needs it no more.
process.on("disconnect", () => void simulator.close());
