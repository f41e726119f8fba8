import { clearFault, readFaults, setFault } from "./device-api.js";
import { make } from "./make-element.js";

const rows = new Map();

/** Builds the list once from `GET /faults`; afterwards only its switches move. */
export function drawFaults(faults) {
  for (const fault of faults) {
    const row = rows.get(fault.name) ?? makeRow(fault);
    row.show(fault.set);
  }
  document.getElementById("mend").disabled = faults.every((fault) => fault.set === null);
}

export async function mendAll(faults) {
  for (const fault of faults) if (fault.set !== null) await clearFault(fault.name);
  drawFaults(await readFaults());
}

function makeRow({ name, title, sentence, settings }) {
  const fields = Object.entries(settings.properties).map(([key, schema]) =>
    makeField(key, schema, () => apply()),
  );
  const refused = make("p", { className: "refused", hidden: true });
  const toggle = make("button", {
    type: "button",
    className: "switch",
    role: "switch",
    "aria-checked": "false",
    "aria-label": title,
    onclick: () => (isOn() ? act(() => clearFault(name)) : apply(true)),
  });
  const isOn = () => toggle.getAttribute("aria-checked") === "true";
  const apply = (always = false) =>
    always || isOn()
      ? act(() => setFault(name, Object.fromEntries(fields.flatMap((field) => field.read()))))
      : undefined;
  const row = make(
    "li",
    { className: "fault" },
    make("h3", {}, title),
    make("p", {}, sentence),
    toggle,
    ...(fields.length === 0
      ? []
      : [make("div", { className: "settings" }, ...fields.map((field) => field.element))]),
    refused,
  );
  document.getElementById("faults").append(row);

  async function act(action) {
    try {
      await action();
      refused.hidden = true;
      drawFaults(await readFaults());
    } catch (error) {
      refused.textContent = error.message;
      refused.hidden = false;
    }
  }

  const made = {
    show(set) {
      toggle.setAttribute("aria-checked", String(set !== null));
      row.dataset.set = set === null ? "no" : "yes";
      if (set !== null) for (const field of fields) field.show(set);
    },
  };
  rows.set(name, made);
  return made;
}

/** One setting, as its JSON Schema has it: a choice or a number. */
function makeField(key, schema, onChange) {
  const choices = schema.anyOf?.map((each) => each.const);
  const input =
    choices === undefined
      ? make("input", {
          type: "number",
          min: schema.minimum,
          max: schema.maximum,
          step: schema.type === "integer" ? 1 : "any",
          value: schema.default ?? "",
          placeholder: "any",
          onchange: onChange,
        })
      : make(
          "select",
          { onchange: onChange },
          ...(schema.default === undefined ? [make("option", { value: "" }, "any")] : []),
          ...choices.map((choice) => make("option", { value: choice }, choice)),
        );
  if (choices !== undefined) input.value = schema.default ?? "";
  return {
    element: make("label", {}, schema.description, input),
    /** The setting as an entry, or none where it is left to the device. */
    read: () =>
      input.value === "" ? [] : [[key, choices === undefined ? Number(input.value) : input.value]],
    show(set) {
      if (document.activeElement !== input) input.value = set[key] ?? "";
    },
  };
}
