// Signing in where one is, when the session is over: a dialog over what was being typed.
export function makeSigning(dialog) {
  const form = dialog.querySelector("form");
  const failed = dialog.querySelector("[data-failed]");
  let onward = () => {};

  function ask(half) {
    form.elements.half.value = half;
    for (const one of form.querySelectorAll("[data-first]")) one.hidden = Boolean(half);
    form.querySelector("[data-second]").hidden = !half;
    form.elements[half ? "code" : "password"].focus();
  }

  function say(what) {
    const name = what.replace(/-(\w)/, (_, letter) => letter.toUpperCase());
    failed.textContent = failed.dataset[name] ?? failed.dataset.else;
    failed.hidden = false;
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { half, login, password, code } = form.elements;
    const told = half.value ? { half: half.value, code: code.value } : { login: login.value, password: password.value };
    failed.hidden = true;
    let answer;
    try {
      const body = new URLSearchParams(told);
      const headers = { Accept: "application/json" };
      const where = half.value ? form.dataset.code : form.action;
      answer = await fetch(where, { method: "POST", body, headers, redirect: "manual" });
    } catch {
      say("else");
      return;
    }
    code.value = "";
    if (answer.type === "opaqueredirect") {
      password.value = "";
      dialog.close();
      onward();
      return;
    }
    const found = await answer.json().catch(() => ({ failed: "else", half: "" }));
    if (found.failed) say(found.failed === "code-blocked" ? "blocked" : found.failed);
    ask(found.half);
  });
  dialog.querySelector("[data-later]").addEventListener("click", () => dialog.close());

  return (then) => {
    onward = then;
    failed.hidden = true;
    if (!dialog.open) dialog.showModal();
    ask("");
  };
}
