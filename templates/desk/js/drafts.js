// What was typed and not decided, kept in this browser at once and at the desk within seconds. "base" is what
// it started from, "sent" that a decision was asked for: once the segment has another base, it was taken.
const DAYS = 30;
const PAUSE = 2000;

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
  let timer = 0;
  let open = null; // What is typed in this tab and not decided.
  const send = (target, base) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const body = new URLSearchParams({ target, base });
      fetch(`${address}/draft`, { method: "POST", body, keepalive: true }).catch(() => undefined);
    }, PAUSE);
  };
  const drafts = {
    read,
    stop: () => clearTimeout(timer),
    keep(target, base, sent = false) {
      open = sent ? null : { target, base };
      if (sent) clearTimeout(timer);
      else send(target, base);
      try {
        localStorage.setItem(name, JSON.stringify({ target, base, sent, at: Date.now() }));
      } catch {
        // A full or forbidden storage: the text is still in the page.
      }
    },
    drop(everywhere = false) {
      open = null;
      clearTimeout(timer);
      if (everywhere) send("", "");
      try {
        localStorage.removeItem(name);
      } catch {
        // Nothing was kept there.
      }
    },
  };

  // Tabs with the same segment share what is kept: once another one's text is decided, this one's takes its place.
  addEventListener("storage", (event) => {
    if (event.key !== name || !open) return;
    const kept = read();
    if (!kept || (kept.sent && kept.target !== open.target)) drafts.keep(open.target, open.base);
  });
  return drafts;
}
