// Words looked up in the memory beside the suggestions; without this script their form leads to a page.
import { selectedWords } from "./editor.js";

const AGAIN = 2000;

// A page as a document, null when the desk does not answer. Trusted types let a script parse no text itself.
const pageAt = (address) =>
  new Promise((resolve) => {
    const asked = new XMLHttpRequest();
    asked.open("GET", address);
    asked.responseType = "document";
    asked.addEventListener("loadend", () => resolve(asked.status === 200 ? asked.response : null));
    asked.send();
  });

// Looks words up from the fields inside "work", whose form stands beside it.
export function makeLookUp(work, sideOf, field) {
  const form = document.querySelector("#words");
  const { text, side } = form.elements;
  const told = work.querySelector("[data-words-told]");
  const place = work.querySelector("[data-words-found]");
  const folded = place.closest("details");
  let latest = 0;
  work.querySelector("[data-words-key]").hidden = false;

  async function ask() {
    const number = ++latest;
    if (!text.value.trim()) return;
    const page = await pageAt(`${form.action}?${new URLSearchParams({ text: text.value, side: side.value })}`);
    if (number !== latest) return;
    const found = page?.querySelector("[data-found]");
    if (!found) {
      told.textContent = page ? told.dataset.over : told.dataset.trouble;
      return;
    }
    const says = found.querySelector("[data-told]");
    told.textContent = says.textContent.trim();
    says.remove();
    place.replaceChildren(document.adoptNode(found));
    told.parentElement.scrollIntoView({ block: "nearest" });
    if (found.hasAttribute("data-incomplete")) setTimeout(() => number === latest && ask(), AGAIN);
  }

  form.onsubmit = (event) => {
    event.preventDefault();
    ask();
  };
  for (const one of [text, side]) {
    one.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      if (!text.value) field.focus();
    });
  }
  // Which words are meant is seen where they are selected; without any they are typed.
  return () => {
    const words = selectedWords();
    if (folded) folded.open = true;
    if (!words || document.activeElement === text) {
      text.focus();
      text.select();
      return;
    }
    text.value = words;
    side.value = sideOf(getSelection().anchorNode);
    ask();
  };
}
