// A form with a target as a tool: chips, findings while one types, drafts, what can be put in.
// "known" gives the source's chips, "stands" is the target as it was decided, "address" the segment's.
import { makeDrafts } from "./drafts.js";
import { makeField } from "./field.js";
import { makeFindings } from "./findings.js";

const CODES = /<\/?\d+\/?>/g;

export function makeEditor(form, { address, known, stands: stood, source, elsewhere = null, heard = () => {} }) {
  let stands = stood;
  const area = form.querySelector("textarea[name=target]");
  const size = form.querySelector("[data-size]");
  const copy = form.querySelector("[data-copy]");
  const drafts = makeDrafts(form.dataset.person, address);
  const field = makeField(area, chipOf, changed);
  const findings = makeFindings(form.querySelector("#findings"), `${address}/findings`, field);

  function chipOf(code) {
    const like = known().find((one) => one.dataset.code === code);
    const chip = like ? like.cloneNode(true) : document.createElement("span");
    if (!like) Object.assign(chip, { className: "chip wrong", textContent: code });
    chip.dataset.code = code;
    chip.draggable = true;
    chip.contentEditable = "false";
    chip.addEventListener("dragstart", (event) => event.dataTransfer.setData("application/x-passerelle-mark", code));
    return chip;
  }

  function changed() {
    measure();
    findings.soon();
    if (field.text() === stands) drafts.drop(true);
    else drafts.keep(field.text(), form.elements.base.value);
    heard(field.text());
  }

  function measure() {
    const words = (text) => text.replace(CODES, "").length;
    size.textContent = `${words(field.text())} / ${words(source)}`;
  }

  function press(action) {
    const button = form.querySelector(`button[name=action][value=${action}]`);
    if (button && !button.hidden) form.requestSubmit(button);
    return Boolean(button && !button.hidden);
  }

  // What was typed here before and not decided. A text that started from an older decision is refused as
  // stale, with both texts to compare; one whose decision was taken is over.
  function restore() {
    const here = drafts.read();
    const restored = form.querySelector("[data-restored]");
    const base = form.elements.base.value;
    const kept = here ?? elsewhere;
    if (kept?.sent && kept.base !== form.elements.base.value) {
      drafts.drop();
    } else if (kept && kept.target !== stands && area.value === stands) {
      field.set(kept.target);
      restored.hidden = false;
      restored.querySelector("button").addEventListener("click", () => {
        form.elements.base.value = base;
        field.set(stands);
        restored.hidden = true;
      });
      form.elements.base.value = kept.base;
      // What came from another machine is not typed here until somebody goes on with it.
      if (!here) drafts.drop();
    }
  }

  const tools = form.querySelector(".tools");
  tools.hidden = false;
  form.querySelectorAll("[data-plain]").forEach((one) => one.remove());
  for (const button of form.querySelectorAll("[data-number]")) {
    button.addEventListener("click", () => field.place(Number(button.dataset.number), button.dataset.paired === "1"));
    carries(button, button.dataset);
  }
  for (const button of form.querySelectorAll("[data-insert]")) {
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => field.insert(button.dataset.insert));
  }
  for (const button of form.querySelectorAll("[data-phrase]")) {
    button.hidden = false;
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => field.insert(button.dataset.phrase));
  }
  // The toolbar is one stop of the Tab key, where it was left; in it the arrows go from one to the next, as
  // they are seen, and Escape back to the text.
  const stop = (at) => tools.querySelectorAll("button").forEach((one) => (one.tabIndex = one === at ? 0 : -1));
  stop(tools.querySelector("button"));
  tools.addEventListener("focusin", (event) => stop(event.target));
  tools.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      field.focus();
    }
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step || event.altKey || event.ctrlKey) return;
    const all = Array.from(event.currentTarget.querySelectorAll("button"));
    const onward = getComputedStyle(event.currentTarget).direction === "rtl" ? -step : step;
    all.at((all.indexOf(document.activeElement) + onward) % all.length)?.focus();
    event.preventDefault();
  });
  copy.addEventListener("click", () => field.set(source));
  form.querySelector("[data-clear]").addEventListener("click", () => field.set(""));
  measure();

  const keys = {
    "Ctrl Enter": () => press("approve") || press("save"),
    "Ctrl KeyS": () => press("save"),
    "Alt KeyF": findings.fix,
    "Alt KeyI": () => copy.click(),
    "Alt KeyX": () => field.set(""),
    "Alt KeyL": () => form.querySelector("[data-insert]")?.focus(),
    "Ctrl Shift Space": () => field.insert("\u00a0"),
    "Ctrl KeyZ": field.undo,
    "Ctrl Shift KeyZ": field.redo,
    "Ctrl KeyY": field.redo,
  };
  const stays = (target) => {
    stands = target;
  };
  return { drafts, field, findings, keys, press, restore, stays };
}

// What is dragged takes its code along.
export function carries(one, { number, paired }) {
  one.draggable = true;
  one.addEventListener("dragstart", (event) => {
    event.dataTransfer.setData("application/x-passerelle-code", number);
    event.dataTransfer.setData("application/x-passerelle-paired", paired);
  });
}

// The words that are selected, without the codes between them.
export function selectedWords() {
  const chosen = getSelection();
  const words = document.createElement("p");
  if (chosen.rangeCount) words.append(chosen.getRangeAt(0).cloneContents());
  words.querySelectorAll("[data-code]").forEach((one) => one.remove());
  return words.textContent.replace(/\s+/g, " ").trim().slice(0, 200);
}

// They are looked up in all texts, in a tab of their own: what is typed stays.
function lookUp() {
  const form = document.querySelector("form.look");
  const text = selectedWords();
  if (text) open(`${form.action}?${new URLSearchParams({ text })}`, "_blank", "noopener");
  else form.elements.text.focus();
}

// Keys by name ("Ctrl Shift Space"); digits put in a code (Alt) or take a suggestion (Ctrl).
export function listen(keys, field) {
  const sheet = document.querySelector("#keys");
  const opener = document.querySelector("[data-keys]");
  opener.hidden = false;
  opener.addEventListener("click", () => sheet.showModal());
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.getModifierState("AltGraph") || document.querySelector("dialog[open]")) return;
    const typing = document.activeElement === field();
    const elsewhere = document.activeElement?.matches("input, textarea, select");
    const other = elsewhere && !document.activeElement.form?.matches(".work") ? document.activeElement : null;
    const held = [event.ctrlKey || event.metaKey ? "Ctrl" : "", event.altKey ? "Alt" : "", event.shiftKey ? "Shift" : ""];
    const name = [...held.filter(Boolean), event.code.replace("Numpad", "")].join(" ");
    const digit = /^(Ctrl|Alt) Digit([1-9])$/.exec(name);
    const kind = digit?.[1] === "Alt" ? "number" : "suggestion";
    const pressed = digit ? document.querySelector(`[data-${kind}="${digit[2]}"]`) : null;
    let act = digit ? pressed && (() => pressed.click()) : keys()[name];
    if (name === "Ctrl Slash" || (event.key === "?" && !typing && !elsewhere)) act = () => sheet.showModal();
    if (name === "Ctrl KeyK") act ??= lookUp;
    // In a comment and elsewhere the keys of the target would decide it unseen: there Ctrl Enter sends the words.
    if (other && /^(Ctrl|Alt) (Enter|Key[SFIX]|Digit\d)$/.test(name)) {
      act = /Enter|KeyS/.test(name) && (() => name === "Ctrl Enter" && other.matches("textarea") && other.form.requestSubmit());
    }
    if (!act || (elsewhere && /Key[ZXY]$/.test(name))) return;
    event.preventDefault();
    // A key that is held down decides once.
    if (!event.repeat || !/Enter|KeyS|ArrowRight/.test(name)) act();
  });
}
