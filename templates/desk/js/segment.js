// The page of a segment as a tool; without this script its form works as it is.
import { carries, listen, makeEditor } from "./editor.js";
import { makeLookUp } from "./look_up.js";
import { keepWords } from "./words.js";

const form = document.querySelector("form.work");
const base = form.elements.base.value;
const stands = form.dataset.stands;
const editor = makeEditor(form, {
  address: form.getAttribute("action"),
  known: () => Array.from(form.querySelectorAll(".source-text [data-code]")),
  source: form.dataset.source,
  stands,
  elsewhere: form.dataset.draft ? { target: form.dataset.draft, base: form.dataset.draftBase } : null,
});
const { drafts, field, findings, press } = editor;

// A form that is sent while the desk is out of reach would leave a page of the browser's: it is asked first.
let reached = false;
form.addEventListener("submit", (event) => {
  if (!reached && (findings.lost() || !navigator.onLine)) {
    event.preventDefault();
    findings.now().then(() => {
      reached = !findings.lost();
      if (reached) form.requestSubmit(event.submitter);
    });
    return;
  }
  reached = false;
  if (event.submitter?.name === "action" && event.submitter.value !== "skip") forgetNote();
  form.elements.target.value = field.text();
  if (event.submitter?.value === "skip") drafts.drop();
  else if (field.text() !== stands) drafts.keep(field.text(), form.elements.base.value, true);
});

const area = form.querySelector("textarea[name=target]");
// What was typed before this script came is kept like what is typed with it.
if (form.hasAttribute("data-refused") || area.value !== area.defaultValue) drafts.keep(field.text(), base);
else editor.restore();

for (const chip of form.querySelectorAll(".source-text [data-code]")) {
  const button = form.querySelector(`[data-number="${chip.dataset.code.replace(/\D/g, "")}"]`);
  chip.addEventListener("click", () => button?.click());
  if (button) carries(chip, button.dataset);
}
for (const link of document.querySelectorAll("[data-use]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    field.set(link.dataset.use);
  });
}

// A desk that has just started is still opening its memory: once it has, whoever has typed nothing sees
// what it offers; whoever has is told to load the page again.
async function offered() {
  const answer = await fetch(`${form.getAttribute("action")}/help`).catch(() => null);
  const opened = answer?.ok && !answer.redirected && (await answer.json()).looked_up;
  if (!opened) setTimeout(offered, 2000);
  else if (field.text() === stands) location.reload();
}
if (form.querySelector("[data-opening]")) setTimeout(offered, 1000);

const lookUp = makeLookUp(form, (node) => (field.box.contains(node) ? "target" : form.querySelector(".source-text").contains(node) ? "source" : ""), field);
const follow = (selector) => document.querySelector(selector)?.click();
const keys = {
  ...editor.keys,
  "Alt ArrowRight": () => press("skip"),
  "Ctrl KeyK": lookUp,
  "Alt KeyZ": () => follow("[data-undo]"),
  "Alt ArrowDown": () => follow("[data-after] a"),
  "Alt ArrowUp": () => follow("[data-before] a:last-child"),
};
listen(() => keys, () => field.box);

// What is typed goes along when the source is cut differently: it stands under another address then.
for (const one of document.querySelectorAll("form[action$='/cut']")) {
  one.addEventListener("formdata", (event) => field.text() !== stands && event.formData.set("typed", field.text()));
}

// Words selected in the source are where it may be split; with those in the target they make a term.
const split = document.querySelector("[data-split]");
const term = document.querySelector("[data-term]");
document.addEventListener("selectionchange", () => {
  const chosen = getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed) return;
  const words = chosen.toString().replace(/\s+/g, " ").trim();
  if (!words) return;
  const inside = (place) => place.contains(chosen.anchorNode);
  if (inside(form.querySelector(".source-text"))) {
    split.value = words;
    say("source", words);
  } else if (inside(field.box)) {
    say("target", words);
  }
});
// What was selected and is typed over is no term.
field.box.addEventListener("input", () => say("target", ""));
function say(name, words) {
  if (!term) return;
  const to = new URL(term.href);
  if (words) to.searchParams.set(name, words.slice(0, 300));
  else to.searchParams.delete(name);
  term.href = to;
}

// What is said and noted here is not lost by a decision, a skip or a desk that does not answer.
const here = `${form.dataset.person} ${form.getAttribute("action")}`;
const saying = document.querySelector("#comments textarea");
const note = form.elements.note;
const plain = (text) => text.replace(/\s+/g, " ").trim();
keepWords(saying, `said ${here}`, (text) =>
  Array.from(document.querySelectorAll(".said [dir=auto]")).some((one) => plain(one.textContent) === plain(text)),
);
const forgetNote = keepWords(note, `note ${here}`, () => false);
if (note.value) note.closest("details").open = true;

// Who can be told, by a button each, once somebody begins to say something.
const whom = document.querySelector("[data-people]");
saying.addEventListener("focus", async () => {
  const answer = await fetch(whom.dataset.people).catch(() => null);
  if (!answer?.ok) return;
  for (const one of await answer.json()) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "small-button", dir: "ltr", textContent: `@${one.login}`, title: one.name });
    button.addEventListener("click", () => {
      saying.setRangeText(`@${one.login} `, saying.selectionStart, saying.selectionEnd, "end");
      saying.dispatchEvent(new Event("input"));
      saying.focus();
    });
    whom.append(button);
  }
  whom.hidden = !whom.children.length;
}, { once: true });

// Who else is here, and whether somebody decided meanwhile.
const held = document.querySelector("[data-held]");
const holder = held.querySelector("[data-holder]");
setInterval(async () => {
  if (document.hidden) return;
  try {
    const { segment, newest, changes } = form.dataset;
    const answer = await fetch(`${changes}?since=${newest}&open=${segment}`);
    if (!answer.ok) return;
    const told = await answer.json();
    const taker = form.hasAttribute("data-leased") ? told.leased : "";
    const names = taker || told.held[segment];
    held.hidden = !names;
    holder.textContent = names ? (taker ? holder.dataset.lost : holder.dataset.say).replace("{name}", names) : "";
  } catch {
    // The desk does not answer for a moment; it is asked again.
  }
}, 10000);
addEventListener("pagehide", () => navigator.sendBeacon?.(`${form.getAttribute("action")}/release`));

findings.now();
field.focus();
// Why it was refused, or what became of the segment, is seen before the field, also on a phone.
document.querySelector(".notice.error, [data-recut]")?.scrollIntoView({ block: "start" });
