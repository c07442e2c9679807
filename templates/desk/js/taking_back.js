// What was decided a moment ago, with a way to take it back; it stands above what comes next.
export function justDecided({ words, deed, decision, address, signIn, show, back }) {
  const notice = document.querySelector("#step").content.firstElementChild.cloneNode(true);
  const said = notice.querySelector("[data-deed]");
  const link = notice.querySelector("[data-words]");
  const button = notice.querySelector("[data-undo]");
  said.textContent = deed;
  link.append(...Array.from(words.childNodes, (one) => one.cloneNode(true)));
  link.addEventListener("click", (event) => {
    event.preventDefault();
    show();
  });
  button.addEventListener("click", async () => {
    const body = new URLSearchParams({ decision });
    try {
      const headers = { Accept: "application/json" };
      const answer = await fetch(`${address}/undo`, { method: "POST", body, headers });
      if (answer.status === 401 || answer.redirected) {
        signIn(() => button.click());
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      const { by, reopened } = await answer.json();
      const { overtaken, back: again, reopened: weaker } = notice.dataset;
      const text = by ? overtaken.replace("{name}", by) : reopened ? weaker : again;
      const became = document.createElement("p");
      became.className = `notice small-notice${by ? " error" : ""}`;
      became.textContent = text;
      await back(became);
    } catch {
      // It may be tried again.
      said.textContent = notice.dataset.else;
    }
  });
  return notice;
}
