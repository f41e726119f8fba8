import type { SessionView } from "../../protocol/kiosk.ts";
import type { Words } from "../text/words.ts";

/** Which account pays; nothing where there is only the person's own. */
export function PayerChoice(props: {
  words: Words;
  session: SessionView;
  onChoose: (account: string | null) => void;
}) {
  const { words, session } = props;
  const { paying } = session;
  if (paying === undefined) return null;
  const { payFrom, ownAccount } = words.text;
  return (
    <label class="payer">
      <span class="payer-label">{payFrom}</span>
      <select
        class="payer-select"
        value={paying.chosen ?? ""}
        onChange={({ currentTarget }) => props.onChoose(currentTarget.value || null)}
      >
        <option value="">{ownAccount}</option>
        {paying.shared.map(({ account, name, available }) => (
          <option key={account} value={account}>
            {`${name} (${words.money(available)})`}
          </option>
        ))}
      </select>
    </label>
  );
}
