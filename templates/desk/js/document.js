// The document view: a click on a sentence opens its editor below the block it stands in.
import { listen, makeEditor } from "./editor.js";
import { makeLookUp } from "./look_up.js";
import { makeSigning } from "./signing.js";
import { justDecided } from "./taking_back.js";

const sheet = document.querySelector(".sheet");
const pattern = document.querySelector("#editor");
const texts = {};
const told = document.querySelector("#told");
const CODE = /(<\/?\d+\/?>)/;
const PAUSE = 5000;
const signIn = makeSigning(document.querySelector("#sign-in"));
for (const one of sheet.querySelectorAll("[data-segment]")) {
  const { segment, target, standing } = one.dataset;
  texts[segment] ??= { target, standing, source: sheet.querySelector(`[data-source="${segment}"]`).dataset.text };
}
let open = null;
let newest = Number(sheet.dataset.newest);

const all = (id) => sheet.querySelectorAll(`[data-segment="${id}"]`);
const sources = (id) => sheet.querySelectorAll(`[data-source="${id}"]`);
const chips = (id) => Array.from(sources(id)[0]?.querySelectorAll("[data-code]") ?? []);
const address = (id) => `${sheet.dataset.address}/${id}`;
const ids = () => [...new Set(Array.from(sheet.querySelectorAll("[data-segment]"), (one) => one.dataset.segment))];

function made(name, text = "", className = "") {
  return Object.assign(document.createElement(name), { textContent: text, className });
}

function chipOf(id, code) {
  const like = chips(id).find((one) => one.dataset.code === code);
  return like ? like.cloneNode(true) : made("span", code, "chip wrong");
}

// A sentence as it stands or is being typed; without words it shows its source.
function say(id, target) {
  const shown = target || texts[id].source;
  for (const one of all(id)) {
    const pieces = shown.split(CODE).filter(Boolean);
    one.replaceChildren(...pieces.map((piece) => (CODE.test(piece) ? chipOf(id, piece) : new Text(piece))));
    one.lang = target ? sheet.dataset.locale : sheet.dataset.from;
    one.dir = target ? "" : sheet.dataset.fromDir;
    if (target) one.removeAttribute("dir");
  }
}

function stand(id, standing) {
  texts[id].standing = standing;
  for (const one of all(id)) {
    one.className = `sentence ${standing}`;
    one.setAttribute("aria-describedby", `is-${standing}`);
  }
  for (const count of document.querySelectorAll("[data-count]")) {
    const number = Object.values(texts).filter((text) => text.standing === count.dataset.count).length;
    count.textContent = number;
  }
  const done = Object.values(texts).filter((text) => text.standing === "approved").length;
  const bar = document.querySelector("[data-progress]");
  bar.value = done;
  document.querySelector("[data-done]").textContent = `${done} / ${bar.max}`;
}

function mark(id, on) {
  for (const one of [...all(id), ...sources(id)]) one.toggleAttribute("data-open", on);
}

function close({ keep = true } = {}) {
  if (!open) return;
  const { id, form } = open;
  if (!keep) open.editor?.drafts.drop();
  for (const severity of ["error", "warning", "info"]) CSS.highlights?.delete(`finding-${severity}`);
  form.remove();
  mark(id, false);
  say(id, texts[id].target);
  open = null;
  navigator.sendBeacon?.(`${address(id)}/release`);
}

async function show(id, { where = all(id)[0], notice = null } = {}) {
  if (open?.id === id) return open.editor?.field.focus();
  close();
  const form = pattern.content.firstElementChild.cloneNode(true);
  open = { id, form };
  mark(id, true);
  where.closest(".line").after(form);
  if (notice) form.prepend(notice);
  history.replaceState(null, "", `#s-${id}`);
  let help;
  try {
    const answer = await fetch(`${address(id)}/help`);
    if (answer.redirected) {
      close();
      signIn(() => show(id, { notice }));
      return undefined;
    }
    if (!answer.ok) throw new Error(String(answer.status));
    help = await answer.json();
  } catch {
    form.querySelector("[data-trouble]").hidden = false;
    return undefined;
  }
  if (open?.form !== form) return undefined;
  texts[id].target = help.target;
  fill(form, id, help);
  const editor = makeEditor(form, {
    address: address(id),
    known: () => chips(id),
    source: help.source,
    stands: help.target,
    elsewhere: help.draft,
    heard: (text) => say(id, text),
  });
  open.editor = editor;
  document.querySelector("#words").action = `${address(id)}/words`;
  open.lookUp = makeLookUp(form, sideOf, editor.field);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = event.submitter;
    if (button?.name === "silence") decide("silence", button.value, button.closest("li").querySelector("textarea").value);
    else if (button?.name === "heed") decide("heed", button.value);
    else if (button?.value === "leave") decide("leave", "", form.elements.left.value);
    else decide(button?.value ?? "save");
  });
  editor.restore();
  editor.findings.now();
  editor.field.focus();
  form.scrollIntoView({ block: "nearest" });
  return undefined;
}

// In which language words stand that were selected, "" in neither.
function sideOf(node) {
  const place = node.parentElement?.closest("[data-source], [data-segment], .field");
  return place ? (place.matches("[data-source]") ? "source" : "target") : "";
}

function hold(form, name, taker = "") {
  const holder = form.querySelector("[data-holder]");
  const say = taker ? holder.dataset.lost : holder.dataset.say;
  holder.textContent = taker || name ? say.replace("{name}", taker || name) : "";
  form.querySelector("[data-held]").hidden = !taker && !name;
}

function fill(form, id, help) {
  form.elements.base.value = help.base;
  form.elements.target.value = help.target;
  form.querySelector("[data-full]").href = address(id);
  form.querySelector("[value=send-back]")?.toggleAttribute("hidden", !help.target);
  quieted(form, help.silenced);
  const tools = form.querySelector(".tools");
  for (const code of help.codes.toReversed()) {
    const button = made("button", code.paired ? `${code.number}›…‹${code.number}` : code.number, "tool code");
    button.type = "button";
    button.draggable = true;
    button.title = `${code.label} (Alt ${code.number})`;
    button.dataset.number = code.number;
    button.dataset.paired = code.paired ? "1" : "0";
    tools.prepend(button);
  }
  hold(form, help.held_by);
  form.toggleAttribute("data-leased", !help.held_by);
  if (help.note && help.standing === "fuzzy") {
    form.querySelector("[data-said]").textContent = help.note;
    form.querySelector("[data-said]").hidden = false;
  }
  glossary(form, help.terms);
  offer(form, id, help);
}

// What the memory offers; a desk that has just started is still opening it, and is asked again.
function offer(form, id, help) {
  if (!help.looked_up) {
    setTimeout(async () => {
      if (open?.form !== form) return;
      const answer = await fetch(`${address(id)}/help`).catch(() => null);
      const again = answer?.ok && !answer.redirected ? await answer.json() : help;
      if (open?.form === form) offer(form, id, again);
    }, 2000);
    return;
  }
  const list = form.querySelector(".suggestions");
  for (const [index, one] of help.suggestions.slice(0, 3).entries()) {
    const item = made("li");
    const text = made("p", "", "text small");
    text.append(...one.target.split(CODE).filter(Boolean).map((piece) => (CODE.test(piece) ? chipOf(id, piece) : new Text(piece))));
    const use = made("button", "", "small-button");
    use.type = "button";
    use.dataset.suggestion = index + 1;
    use.append(list.dataset.label, " ", made("kbd", index + 1));
    use.addEventListener("click", () => open.editor.field.set(one.target));
    if (one.lacks_codes) {
      const lacks = made("span", list.dataset.lacks, "tag warning");
      Object.assign(lacks, { lang: document.documentElement.lang, dir: document.documentElement.dir });
      text.append(" ", lacks);
    }
    item.append(made("span", `${one.score} %`, "score"), text, use);
    list.append(item);
  }
  list.hidden = !help.suggestions.length;
}

// What the glossary says of the words of the source.
function glossary(form, terms) {
  const list = form.querySelector("[data-terms]");
  const pattern = list.querySelector("template");
  for (const term of terms) {
    const line = pattern.content.cloneNode(true);
    line.querySelector("dt").textContent = term.source;
    line.querySelector("strong").textContent = term.use.join(" / ");
    line.querySelector("del").textContent = term.not.join(" / ");
    line.querySelector(".forbidden").hidden = !term.not.length;
    line.querySelector(".muted").textContent = term.note;
    list.append(line);
  }
  list.hidden = !terms.length;
}

// What the checks were told not to speak of, each with its reason.
function quieted(form, silenced) {
  const list = form.querySelector("[data-silenced]");
  const pattern = form.querySelector("[data-silent]");
  const names = JSON.parse(pattern.dataset.names);
  list.replaceChildren(...Object.entries(silenced).map(([check, reason]) => {
    const item = pattern.content.cloneNode(true);
    item.querySelector("[data-check]").textContent = names[check] ?? check;
    item.querySelector("[data-reason]").textContent = reason;
    item.querySelector("[name=heed]").value = check;
    return item;
  }));
  list.hidden = !Object.keys(silenced).length;
}

async function decide(action, check = "", reason = "") {
  const { id, form, editor } = open;
  const body = new URLSearchParams({
    action,
    target: editor.field.text(),
    base: form.elements.base.value,
    note: reason || form.elements.note.value,
    check,
  });
  editor.drafts.keep(editor.field.text(), form.elements.base.value, true);
  const refused = form.querySelector("[data-refusal]");
  refused.hidden = true;
  let answer;
  let found;
  try {
    answer = await fetch(`${address(id)}/decision`, { method: "POST", body });
    found = answer.headers.get("content-type")?.startsWith("application/json") ? await answer.json() : {};
  } catch {
    editor.findings.unanswered();
    return;
  }
  if (answer.ok) {
    editor.drafts.drop();
    texts[id].target = found.target;
    stand(id, found.standing);
    told.textContent = told.dataset[found.standing] ?? "";
    for (const one of document.querySelectorAll("[data-step]")) one.remove();
    if (check) {
      say(id, found.target);
      form.elements.base.value = found.base;
      editor.stays(found.target);
      quieted(form, found.silenced);
      form.querySelector(".no-fault[open]")?.removeAttribute("open");
      editor.findings.now();
      editor.field.focus();
      return;
    }
    const next = after(id);
    const notice = justDecided({
      words: sources(id)[0],
      deed: told.dataset[found.standing] ?? "",
      decision: found.decision,
      address: sheet.dataset.address,
      signIn,
      show: () => show(id),
      back: (told) => comeBack(id, told),
    });
    close();
    if (next) {
      show(next, { notice });
    } else {
      all(id)[0].closest(".line").after(notice);
      all(id)[0].focus();
    }
    return;
  }
  editor.drafts.keep(editor.field.text(), form.elements.base.value);
  if (answer.status === 409) {
    compare(id, found);
  } else if (answer.status === 401) {
    signIn(() => open?.form === form && decide(action, check, reason));
  } else {
    refused.textContent = [found.message, found.remedy].filter(Boolean).join(" ") || refused.dataset.else;
    refused.hidden = false;
    if (!check) form.querySelector("details.note").open = answer.status === 422;
  }
}

// To a segment that stands as before again, or as somebody else decided: ``notice`` says which.
async function comeBack(id, notice) {
  if (open?.id === id) close();
  await look();
  told.textContent = notice.textContent;
  await show(id, { notice });
}

// Three texts beside each other: what was typed, what stands now, and both together where that is certain.
function compare(id, clash) {
  const { form, editor } = open;
  const place = form.querySelector("[data-clash]");
  const pick = (selector, pieces, text) => {
    const spot = place.querySelector(selector);
    spot.hidden = text === null;
    if (text === null) return;
    const words = pieces.map(([kind, piece]) => made(kind === "gone" ? "del" : kind === "new" ? "ins" : "span", piece));
    spot.querySelector("p").replaceChildren(...words);
    spot.querySelector("button").onclick = () => editor.field.set(text);
  };
  pick("[data-mine]", clash.mine_changed, clash.mine);
  pick("[data-theirs]", clash.theirs_changed, clash.theirs);
  const both = clash.merged === clash.mine || clash.merged === clash.theirs ? null : clash.merged;
  pick("[data-both]", [["same", clash.merged ?? ""]], both);
  place.querySelector("[data-by]").textContent = clash.by ? `${clash.by}:` : "";
  place.hidden = false;
  form.elements.base.value = clash.base;
  texts[id].target = clash.theirs;
  if (clash.merged !== null) editor.field.set(clash.merged);
  editor.drafts.keep(editor.field.text(), clash.base);
  place.scrollIntoView({ block: "nearest" });
}

const mine = (standing) => (sheet.dataset.role === "review" ? standing !== "approved" : ["missing", "fuzzy"].includes(standing));

function after(id) {
  const list = ids();
  const at = list.indexOf(id);
  return [...list.slice(at + 1), ...list.slice(0, Math.max(at, 0))].find((one) => mine(texts[one].standing));
}

function step(by) {
  const list = ids();
  const at = open ? list.indexOf(open.id) : -1;
  const next = list[at + by];
  if (next) show(next);
}

sheet.addEventListener("click", (event) => {
  const one = event.target.closest("[data-segment], [data-source]");
  if (!one || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  // Whoever selects words to look them up does not ask for the sentence: its field would take the selection.
  if (open && !getSelection().isCollapsed && one.contains(getSelection().anchorNode)) return;
  show(one.dataset.segment ?? one.dataset.source, { where: one });
});
sheet.addEventListener("click", (event) => {
  if (event.target.closest("[data-close]")) close();
});
for (const name of ["pointerover", "pointerout"]) {
  sheet.addEventListener(name, (event) => {
    const one = event.target.closest?.("[data-segment], [data-source]");
    const id = one?.dataset.segment ?? one?.dataset.source;
    if (id) for (const other of [...all(id), ...sources(id)]) other.toggleAttribute("data-hover", name === "pointerover");
  });
}
const onward = document.querySelector("[data-onward]");
onward.hidden = false;
onward.addEventListener("click", () => {
  const next = after(open?.id ?? "");
  if (next) show(next);
});
document.querySelector("[data-other-view]")?.addEventListener("click", (event) => {
  if (open) event.currentTarget.href = `${address(open.id)}`;
});

listen(
  () => ({
    ...(open?.editor ? { ...open.editor.keys, "Ctrl KeyK": open.lookUp } : {}),
    "Alt ArrowRight": () => onward.click(),
    "Alt KeyZ": () => sheet.querySelector("[data-undo]")?.click(),
    "Alt ArrowDown": () => step(1),
    "Alt ArrowUp": () => step(-1),
    ...(open ? { Escape: () => { const [one] = all(open.id); close(); one.focus(); } } : {}),
  }),
  () => open?.editor?.field.box,
);

async function look() {
  if (document.hidden) return;
  try {
    const answer = await fetch(`${sheet.dataset.address}/changes?since=${newest}${open ? `&open=${open.id}` : ""}`);
    if (!answer.ok) return;
    const found = await answer.json();
    newest = found.newest;
    for (const row of found.rows) {
      if (!texts[row.id] || row.id === open?.id) continue;
      texts[row.id].target = row.target;
      if (texts[row.id].standing !== row.standing) stand(row.id, row.standing);
      say(row.id, row.target);
    }
    if (open) {
      hold(open.form, found.held[open.id], open.form.hasAttribute("data-leased") ? found.leased : "");
    }
    for (const one of sheet.querySelectorAll("[data-segment]")) {
      const name = found.held[one.dataset.segment];
      if (name) one.dataset.held = name;
      else delete one.dataset.held;
    }
  } catch {
    // The desk does not answer for a moment; it is asked again.
  }
}
setInterval(look, PAUSE);

addEventListener("pagehide", () => open && navigator.sendBeacon?.(`${address(open.id)}/release`));

const wanted = /^#s-([0-9a-f]{16})$/.exec(location.hash)?.[1];
if (wanted && texts[wanted]) show(wanted);
