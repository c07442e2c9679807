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

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { half, login, password, code } = form.elements;
    const told = half.value ? { half: half.value, code: code.value } : { login: login.value, password: password.value };
    failed.hidden = true;
    let answer;
    try {
      const body = new URLSearchParams(told);
      answer = await fetch(half.value ? form.dataset.code : form.action, { method: "POST", body, redirect: "manual" });
    } catch {
      return;
    }
    code.value = "";
    if (answer.type === "opaqueredirect") {
      password.value = "";
      dialog.close();
      onward();
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const error = page.querySelector("main [role=alert]")?.textContent.trim() ?? "";
    failed.textContent = error;
    failed.hidden = !error;
    ask(page.querySelector("main input[name=half]")?.value ?? "");
  });
  dialog.querySelector("[data-later]").addEventListener("click", () => dialog.close());

  return (then) => {
    onward = then;
    failed.hidden = true;
    if (!dialog.open) dialog.showModal();
    ask("");
  };
}
