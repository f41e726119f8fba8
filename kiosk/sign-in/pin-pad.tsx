import { Key } from "./keyboard.tsx";

const digits = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** Ten digits, as on a telephone, to erase on the left and to go on on the right. */
export function PinPad(props: {
  texts: { readonly keys: { readonly erase: string } };
  onType: (digit: string) => void;
  onErase: () => void;
  enter: { label: string; isOff: boolean; press: () => void };
}) {
  const { enter } = props;
  return (
    <div class="pad" onPointerDown={(event) => event.preventDefault()}>
      {digits.map((digit) => (
        <Key key={digit} shown={digit} onPress={() => props.onType(digit)} />
      ))}
      <Key name={props.texts.keys.erase} shown="⌫" onPress={props.onErase} />
      <Key shown="0" onPress={() => props.onType("0")} />
      <button
        type="submit"
        class="key key--enter"
        aria-disabled={enter.isOff}
        onClick={(event) => {
          event.preventDefault();
          enter.press();
        }}
      >
        {enter.label}
      </button>
    </div>
  );
}
