import { afterEach, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../server.fixture.ts";

let site: TestServer | undefined;
afterEach(() => site?.close());

it("tells of 1 to 366 days, and of nothing else", async () => {
  site = await startTestServer();
  const { admin } = site;
  const statusFor = async (days: string) =>
    (await admin("GET", `/api/admin/shadow?days=${days}`)).status;
  for (const days of ["1", "9", "10", "99", "199", "200", "299", "300", "359", "360", "366"])
    expect(await statusFor(days), days).toBe(200);
  for (const days of ["", "0", "01", "-1", "1.5", "367", "370", "400", "999", "1000", "7%20"])
    expect(await statusFor(days), days).toBe(400);
  expect(await admin("GET", "/api/admin/shadow")).toMatchObject({ status: 200 });
});
