// What was typed and not decided, kept in this browser until it is. "base" is what it started from, "sent"
// that a decision was asked for: once the segment has another base, that decision was taken.
const DAYS = 30;

export function makeDrafts(person, address) {
  const name = `draft ${person} ${address}`;
  const read = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(name));
      return typeof kept?.target === "string" && Date.now() - kept.at < DAYS * 864e5 ? kept : null;
    } catch {
      return null;
    }
  };
  return {
    read,
    keep(target, base, sent = false) {
      try {
        localStorage.setItem(name, JSON.stringify({ target, base, sent, at: Date.now() }));
      } catch {
        // A full or forbidden storage: the text is still in the page.
      }
    },
    drop() {
      try {
        localStorage.removeItem(name);
      } catch {
        // Nothing was kept there.
      }
    },
  };
}
