// A new release: the clocks are those of whoever makes it, and no language is translated into itself.
const form = document.querySelector(".making");
const { zone, embargo, locale } = form.elements;
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone.value === "UTC" && !embargo.value && form.querySelector(`#zones [value="${CSS.escape(here)}"]`)) {
  zone.value = here;
}

function apart() {
  for (const box of form.querySelectorAll("[name=locales]")) {
    box.closest(".into-row").hidden = box.value === locale.value;
  }
}
locale.addEventListener("change", apart);
apart();
