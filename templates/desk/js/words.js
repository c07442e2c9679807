// Words typed beside a target, a comment or a note, stay in this browser until they were sent.
export function keepWords(area, name, sent) {
  const kept = (change) => {
    try {
      return change(localStorage);
    } catch {
      return null; // A full or forbidden storage: the words are still in the page.
    }
  };
  const drop = () => kept((store) => store.removeItem(name));
  const before = kept((store) => store.getItem(name));
  if (before && sent(before)) drop();
  else if (before && !area.value) area.value = before;
  area.addEventListener("input", () => (area.value ? kept((store) => store.setItem(name, area.value)) : drop()));
  return drop;
}
