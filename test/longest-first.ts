import { BaseSequencer, type TestSpecification } from "vitest/node";

/** What takes half a minute or more on two cores; begun last, one of them would run on alone. */
const longest = [
  "kiosk/test/screens",
  "test/system/kills",
  "kiosk/test/transitions",
  "test/system/conformance",
  "test/usb/kernel",
  "test/system/limits",
  "test/system/faults",
  "test/system/backup",
  "test/system/whose-job",
  "test/system/pages-and-formats",
];

/** Begins with the files that take longest, also in a checkout that has run no test yet. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = longest.findIndex((name) => moduleId.endsWith(`${name}.test.ts`));
      return at === -1 ? longest.length : at;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}
