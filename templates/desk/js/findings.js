// What the checks see, asked again shortly after each change and shown in the text and below it.
const PAUSE = 250;

export function makeFindings(place, address, field) {
  const list = place.querySelector(".findings");
  const calm = place.querySelector("[data-calm]");
  const trouble = place.querySelector("[data-trouble]");
  const pattern = place.querySelector("template");
  let timer = 0;
  let asked = null;
  let fixes = [];

  function underline(found) {
    if (!globalThis.Highlight) return;
    for (const severity of ["error", "warning", "info"]) {
      const ranges = found
        .filter((one) => one.severity === severity && one.end > one.start)
        .map((one) => field.range(one.start, one.end));
      CSS.highlights.set(`finding-${severity}`, new Highlight(...ranges));
    }
  }

  function item(finding) {
    const made = pattern.content.cloneNode(true);
    const tags = made.querySelectorAll(".tag");
    tags.forEach((tag) => tag.classList.contains(finding.severity) || tag.remove());
    made.querySelector("[data-message]").textContent = finding.message;
    const fix = made.querySelector("[data-fix]");
    if (finding.fix === null) fix.remove();
    else fix.addEventListener("click", () => field.set(finding.fix));
    if (finding.firm) made.querySelector(".no-fault").remove();
    else for (const one of made.querySelectorAll("[name=checks], [name=silence]")) one.value = finding.check;
    return made;
  }

  function show(found) {
    // Whoever is writing why one of them is no fault is not interrupted.
    if (list.querySelector(".no-fault[open]") && list.contains(document.activeElement)) return;
    fixes = found.filter((one) => one.fix !== null).map((one) => one.fix);
    list.replaceChildren(...found.map(item));
    list.hidden = !found.length;
    calm.hidden = Boolean(found.length) || !field.text();
  }

  async function ask() {
    asked?.abort();
    asked = new AbortController();
    const target = field.text();
    try {
      const answer = await fetch(address, {
        method: "POST",
        body: new URLSearchParams({ target }),
        signal: asked.signal,
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const told = await answer.json();
      if (target !== field.text()) return;
      trouble.hidden = true;
      show(told.findings);
      underline(told.target === target ? told.findings : []);
    } catch (error) {
      if (error.name !== "AbortError") trouble.hidden = false;
    }
  }

  return {
    now: ask,
    soon() {
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE);
    },
    fix() {
      if (fixes.length) field.set(fixes[0]);
    },
  };
}
