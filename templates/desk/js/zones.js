// The clocks of a form are those of whoever fills it in, unless an hour is there already.
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
const known = document.querySelector(`#zones [value="${CSS.escape(here)}"]`);
for (const zone of document.querySelectorAll("[data-zone]")) {
  if (known && zone.value === "UTC" && !zone.form.elements[zone.dataset.zone].value) {
    zone.value = here;
  }
}
