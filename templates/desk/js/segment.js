// The page of a segment as a tool; without this script its form works as it is.
import { makeDrafts } from "./drafts.js";
import { makeField } from "./field.js";
import { makeFindings } from "./findings.js";

const form = document.querySelector("form.work");
const area = form.querySelector("#target");
const tools = form.querySelector(".tools");
const base = form.elements.base.value;
const started = form.dataset.stands;
const size = form.querySelector("[data-size]");

function chipOf(code) {
  const known = Array.from(form.querySelectorAll(".side .text [data-code]")).find((one) => one.dataset.code === code);
  const chip = known ? known.cloneNode(true) : document.createElement("span");
  if (!known) Object.assign(chip, { className: "chip wrong", textContent: code });
  chip.dataset.code = code;
  chip.draggable = false;
  chip.contentEditable = "false";
  return chip;
}

const drafts = makeDrafts(form.dataset.person, form.getAttribute("action"));
const field = makeField(area, chipOf, changed);
const findings = makeFindings(document.querySelector("#findings"), `${form.getAttribute("action")}/findings`, field);

function changed() {
  measure();
  findings.soon();
  if (field.text() === started) drafts.drop();
  else drafts.keep(field.text(), form.elements.base.value);
}

function measure() {
  const words = (text) => text.replace(/<\/?\d+\/?>/g, "").length;
  size.textContent = `${words(field.text())} / ${words(form.dataset.source)}`;
}

function press(action) {
  const button = form.querySelector(`button[name=action][value=${action}]`);
  if (button) form.requestSubmit(button);
  return Boolean(button);
}

function follow(selector) {
  document.querySelector(selector)?.click();
}

form.addEventListener("submit", (event) => {
  area.value = field.text();
  if (event.submitter?.value === "skip") drafts.drop();
  else if (field.text() !== started) drafts.keep(field.text(), form.elements.base.value, true);
});

const kept = drafts.read();
if (form.hasAttribute("data-refused")) {
  drafts.keep(field.text(), base);
} else if (kept?.sent && kept.base !== base) {
  drafts.drop();
} else if (kept && kept.target !== started && area.value === started) {
  field.set(kept.target);
  form.querySelector("[data-restored]").hidden = false;
  // A text that started from an older decision is refused as stale, with both texts to compare.
  form.elements.base.value = kept.base;
}

tools.hidden = false;
form.querySelectorAll("[data-plain]").forEach((one) => one.remove());
for (const button of form.querySelectorAll("[data-number]")) {
  const put = () => field.place(Number(button.dataset.number), button.dataset.paired === "1");
  button.addEventListener("click", put);
  button.addEventListener("dragstart", (event) => {
    event.dataTransfer.setData("application/x-passerelle-code", button.dataset.number);
    event.dataTransfer.setData("application/x-passerelle-paired", button.dataset.paired);
  });
}
for (const chip of form.querySelectorAll(".side > .source-text [data-code]")) {
  const number = chip.dataset.code.replace(/\D/g, "");
  chip.addEventListener("click", () => form.querySelector(`[data-number="${number}"]`)?.click());
}
for (const button of document.querySelectorAll("[data-insert]")) {
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", () => field.insert(button.dataset.insert));
}
for (const link of document.querySelectorAll("[data-use]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    field.set(link.dataset.use);
  });
}
const copy = form.querySelector("[data-copy]");
copy.addEventListener("click", () => field.set(form.dataset.source));
form.querySelector("[data-clear]").addEventListener("click", () => field.set(""));

const sheet = document.querySelector("#keys");
const opener = document.querySelector("[data-keys]");
opener.hidden = false;
opener.addEventListener("click", () => sheet.showModal());

const KEYS = {
  "Ctrl Enter": () => press("approve") || press("save"),
  "Ctrl KeyS": () => press("save"),
  "Alt ArrowRight": () => press("skip"),
  "Alt ArrowDown": () => follow("[data-after] a"),
  "Alt ArrowUp": () => follow("[data-before] a:last-child"),
  "Alt KeyF": findings.fix,
  "Alt KeyI": () => copy.click(),
  "Alt KeyX": () => field.set(""),
  "Alt KeyL": () => form.querySelector("[data-insert]")?.focus(),
  "Ctrl Shift Space": () => field.insert("\u00a0"),
  "Ctrl KeyZ": field.undo,
  "Ctrl Shift KeyZ": field.redo,
  "Ctrl KeyY": field.redo,
  "Ctrl Slash": () => sheet.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.getModifierState("AltGraph")) return;
  const typing = document.activeElement === field.box;
  const elsewhere = document.activeElement?.matches("input, textarea");
  if (event.key === "?" && !typing && !elsewhere && !sheet.open) {
    sheet.showModal();
    return;
  }
  if (sheet.open) return;
  const held = [event.ctrlKey || event.metaKey ? "Ctrl" : "", event.altKey ? "Alt" : "", event.shiftKey ? "Shift" : ""];
  const name = [...held.filter(Boolean), event.code].join(" ");
  const digit = /^(Ctrl|Alt) Digit([1-9])$/.exec(name);
  const code = digit?.[1] === "Alt" ? form.querySelector(`[data-number="${digit[2]}"]`) : null;
  const suggestion = digit?.[1] === "Ctrl" ? document.querySelector(`[data-suggestion="${digit[2]}"]`) : null;
  const act = digit ? (code ?? suggestion) && (() => (code ?? suggestion).click()) : KEYS[name];
  if (!act || (elsewhere && /Key[ZXY]$/.test(name))) return;
  event.preventDefault();
  act();
});

measure();
findings.now();
field.focus();
