import type { Context } from "./context.ts";

/** What a person who has just started a site wants to know: where to look, and what to type. */
export function welcome(context: Context, tookMs: number): string {
  const { settings, folders } = context;
  const terminal = settings.site.terminals[0]?.id ?? "lobby";
  const bridge = `http://${shown(settings.bridge.host)}:${settings.bridge.port}`;
  const queue =
    settings.site.queues.find(({ kind }) => kind !== "direct") ?? settings.site.queues[0];
  const ipp = settings.provider.url.replace(/^http/, "ipp");
  const lines = [
    `Guichet ${context.version} runs (${(tookMs / 1000).toFixed(1)} s). Ctrl-C ends all of it.`,
    "",
    `  the kiosk          ${bridge}/t/${terminal}`,
    `  print to           ${ipp}/printers/${queue?.name ?? "find-me"}`,
  ];
  if (settings.simulator)
    lines.push(
      `  paper comes out    http://${shown(settings.simulator.host)}:${settings.simulator.port}/`,
    );
  lines.push(
    `  the server         ${settings.server.url}`,
    `  data and logs      ${folders.root}`,
    "",
  );
  if (settings.simulator)
    lines.push(
      "Try it:",
      `  1  open the kiosk in a browser`,
      `  2  npx guichet print <file.pdf> --user alice     (or lp, or any IPP printer dialog)`,
      `  3  npx guichet tap 66CF4DC2                      (Alice's badge)`,
      `  4  press "Print all" and look at the paper`,
      "",
    );
  return lines.join("\n");
}

const shown = (host: string) => (host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host);
