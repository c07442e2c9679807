// A new release: no language is translated into itself.
const form = document.querySelector(".making");
const { locale } = form.elements;

function apart() {
  for (const box of form.querySelectorAll("[name=locales]")) {
    box.closest(".into-row").hidden = box.value === locale.value;
  }
}
locale.addEventListener("change", apart);
apart();
