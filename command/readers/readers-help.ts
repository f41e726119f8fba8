import { stepKinds } from "../../card-readers/numbers/pipeline.ts";

/** What `guichet readers --help` says beside its usage. */
export const readersHelp = `guichet readers
  Lists the readers of this machine's bridge, and what else is plugged in; then shows every tap as it
  comes: bytes, bits, kind of chip, what the reader said, each step, the number, and who that is.
  --once            only list; exit code 1 if a reader is not ready
  --whole <login>   show whole numbers to this person, who has the right and types their password;
                    the right is given by: guichet user change <login> --see-card-numbers yes

guichet readers solve
  Finds the rule between what readers say and the numbers that the directory has, from three cards or
  more: typed, tapped (with --whole <login>), or of a file with a line a card:
      reader;number
      04D7A79A973780;2594690820
  It says what each rule would do to everybody's badges, and what to write into the configuration.
  Nothing is changed.
  --terminal <id>   for the readers of this terminal, where they differ from the site's others

A rule is made of steps with bars between them, such as: reverse-bytes | hex2dec
${stepKinds.map(({ usage, does }) => `  ${usage}\n      ${does}`).join("\n")}

More of all this: docs/card-numbers.md`;
