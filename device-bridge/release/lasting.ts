import type { Release } from "./release.ts";

/**
 * What of a release must outlive the process. The rest is asked again after a start, whatever was
 * known, and costs no commit: how the device was, until a job is made there, and which job was made
 * before the money was there, since that one is then looked for by its name.
 */
export function lasting(release: Release): Release {
  const { phase } = release;
  switch (phase.kind) {
    case "claiming": {
      const { kind, tries } = phase;
      return { ...release, phase: { kind, tries } };
    }
    case "reserving": {
      const { kind, tries, claim } = phase;
      return { ...release, phase: { kind, tries, claim } };
    }
    case "preparing": {
      const { kind, tries, claim, baseline } = phase;
      return { ...release, phase: { kind, tries, claim, baseline } };
    }
    case "waiting":
    case "withdrawing":
    case "readying":
    case "creating":
    case "clearing":
    case "printing":
    case "finishing":
    case "undecided":
    case "closed":
      return release;
  }
}
