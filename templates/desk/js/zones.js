// The clocks of a form are those of whoever fills it in.
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
const known = document.querySelector(`#zones [value="${CSS.escape(here)}"]`);
for (const zone of document.querySelectorAll("[data-zone]")) {
  if (known && zone.value === "UTC" && !zone.form.elements.at.value) {
    zone.value = here;
  }
}
