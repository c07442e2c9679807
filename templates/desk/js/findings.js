// What the checks see, asked again shortly after each change and shown in the text and below it.
const PAUSE = 250;
const AGAIN = 4000;
const LONGEST = 15000;

export function makeFindings(place, address, field) {
  const list = place.querySelector(".findings");
  const calm = place.querySelector("[data-calm]");
  const trouble = place.querySelector("[data-trouble]");
  const over = place.querySelector("[data-over]");
  const pattern = place.querySelector("template");
  let timer = 0;
  let asked = null;
  let shown = "";
  let latest = [];
  let fixes = [];
  let checked = "";
  let lost = false;

  function underline(found) {
    if (!globalThis.Highlight) return;
    for (const severity of ["error", "warning", "info"]) {
      const ranges = found
        .filter((one) => one.severity === severity && one.end > one.start)
        .map((one) => field.range(one.start, one.end));
      CSS.highlights.set(`finding-${severity}`, new Highlight(...ranges));
    }
  }

  // What was typed into the list so far, by check: why a finding is no fault.
  function reasons() {
    const faults = [...list.querySelectorAll(".no-fault")];
    return new Map(faults.map((one) => [one.querySelector("[name=checks]").value, one.querySelector("textarea").value])
      .filter(([, why]) => why));
  }

  function item(finding, why) {
    const made = pattern.content.cloneNode(true);
    const tags = made.querySelectorAll(".tag");
    tags.forEach((tag) => tag.classList.contains(finding.severity) || tag.remove());
    made.querySelector("[data-message]").textContent = finding.message;
    const fix = made.querySelector("[data-fix]");
    if (finding.fix === null) fix.remove();
    else fix.addEventListener("click", () => correct(finding));
    const fault = made.querySelector(".no-fault");
    fault.querySelector("textarea").value = why;
    fault.open = Boolean(why);
    if (finding.firm) fault.remove();
    else for (const one of made.querySelectorAll("[name=checks], [name=silence]")) one.value = finding.check;
    return made;
  }

  // A correction is of the text that was checked: of one that was typed on since, it is asked for again.
  async function correct(wanted) {
    if (field.text() !== checked) await ask();
    const found = fixes.find((one) => !wanted || (one.check === wanted.check && one.message === wanted.message));
    if (found && field.text() === checked) field.set(found.fix);
  }

  function show(found) {
    latest = found;
    fixes = found.filter((one) => one.fix !== null);
    // Whoever is writing why one of them is no fault is not interrupted.
    if (list.querySelector(".no-fault[open]") && list.contains(document.activeElement)) return;
    list.hidden = !found.length;
    calm.hidden = Boolean(found.length) || !field.text();
    // What stands there already stays under the hand that is on it.
    const said = JSON.stringify(found.map((one) => [one.check, one.severity, one.message, one.fix !== null, one.firm]));
    if (said === shown) return;
    shown = said;
    const typed = reasons();
    list.replaceChildren(...found.map((one) => item(one, typed.get(one.check) ?? "")));
  }

  // What is about to be asked is asked now; of two questions the later one counts.
  async function ask() {
    clearTimeout(timer);
    asked?.abort();
    const mine = (asked = new AbortController());
    const late = setTimeout(() => mine.abort(new TypeError("no answer")), LONGEST);
    const target = field.text();
    try {
      const answer = await fetch(address, {
        method: "POST",
        body: new URLSearchParams({ target }),
        signal: mine.signal,
      });
      lost = false;
      over.hidden = answer.status !== 401;
      if (!answer.ok) throw new Error(String(answer.status));
      const told = await answer.json();
      if (target !== field.text()) return;
      trouble.hidden = true;
      checked = target;
      show(told.findings);
      underline(told.target === target ? told.findings : []);
    } catch (error) {
      if (error.name === "AbortError") return;
      lost ||= error instanceof TypeError;
      if (lost) over.hidden = true;
      unanswered();
    } finally {
      clearTimeout(late);
    }
  }

  // What was found before is not about this text; the desk is asked until it answers.
  function unanswered() {
    trouble.hidden = !over.hidden;
    calm.hidden = true;
    clearTimeout(timer);
    if (!trouble.hidden && place.isConnected) timer = setTimeout(ask, AGAIN);
  }

  // What was found meanwhile is shown once nobody writes into the list.
  list.addEventListener("focusout", (event) => list.contains(event.relatedTarget) || show(latest));
  // Somebody who signed in elsewhere comes back.
  addEventListener("focus", () => place.isConnected && !over.hidden && ask());

  return {
    now: ask,
    unanswered,
    soon() {
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE);
    },
    fix: () => correct(),
    // Whether the desk could not be reached when it was last asked.
    lost: () => lost,
  };
}
