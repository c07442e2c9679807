// Keys pressed before the page's modules have come, or where they never come, send its form as it is.
// The modules prevent what they act on themselves, and hear it first.
addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.repeat || document.querySelector("dialog[open]")) return;
  if (event.altKey || event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
  const form = document.activeElement?.form;
  const wanted = { Enter: ["approve", "save"], NumpadEnter: ["approve", "save"], KeyS: ["save"] }[event.code];
  if (!wanted || !form?.matches(".work")) return;
  const buttons = wanted.map((name) => form.querySelector(`button[name=action][value=${name}]`));
  event.preventDefault();
  form.requestSubmit(buttons.find(Boolean));
});
