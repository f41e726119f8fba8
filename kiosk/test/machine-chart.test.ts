import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { kioskMachine } from "../kiosk.machine.ts";
import { sessionMachine } from "../session.machine.ts";
import { chartOf } from "./machine-chart.ts";

const page = new URL("../../docs/kiosk-machine.md", import.meta.url);

const drawn = `# The machines of the kiosk

Drawn by \`kiosk/test/machine-chart.test.ts\` from the machines themselves. After a change, write it
anew with \`npx vitest run kiosk/test/machine-chart.test.ts --update\`.

## The terminal: \`kiosk/kiosk.machine.ts\`

\`\`\`mermaid
${chartOf(kioskMachine)}
\`\`\`

## One person's session: \`kiosk/session.machine.ts\`

\`\`\`mermaid
${chartOf(sessionMachine)}
\`\`\`
`;

it("docs/kiosk-machine.md shows the machines as they are", async () => {
  await expect(drawn).toMatchFileSnapshot(fileURLToPath(page));
});
