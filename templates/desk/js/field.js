// The target field as words and chips. Offsets count in the text as it is stored: "Lisez <1>…</1>."
const CODE = /(<\/?\d+\/?>)/;

export function makeField(area, chipOf, changed) {
  const box = document.createElement("div");
  box.className = "field";
  box.contentEditable = "true";
  box.spellcheck = true;
  for (const name of ["lang", "dir", "aria-labelledby", "aria-describedby"]) {
    if (area.hasAttribute(name)) box.setAttribute(name, area.getAttribute(name));
  }
  box.setAttribute("role", "textbox");
  box.setAttribute("aria-multiline", "true");
  area.hidden = true;
  area.autofocus = false;
  area.after(box);

  const past = [];
  const future = [];
  const begun = area.value !== area.defaultValue;
  const [start, end] = begun ? [area.selectionStart, area.selectionEnd] : [area.value.length, area.value.length];
  let now = { text: area.value, start, end };
  let lately = 0;

  const textOf = (node) => (node.dataset?.code ?? node.textContent).replaceAll("\n", " ");
  const text = () => Array.from(box.childNodes, textOf).join("");

  function draw(value) {
    const pieces = value.split(CODE).filter(Boolean);
    box.replaceChildren(...pieces.map((piece) => (CODE.test(piece) ? chipOf(piece) : new Text(piece))));
  }

  // Where an offset is in the document, and back.
  function placeOf(offset) {
    let left = offset;
    for (const [index, node] of box.childNodes.entries()) {
      const size = textOf(node).length;
      if (node.nodeType === Node.TEXT_NODE && left <= size) return [node, left];
      if (left < size || (left === size && !box.childNodes[index + 1]?.data)) return [box, left ? index + 1 : index];
      left -= size;
    }
    return [box, box.childNodes.length];
  }

  function offsetOf(node, at) {
    if (node === box) return Array.from(box.childNodes).slice(0, at).reduce((sum, one) => sum + textOf(one).length, 0);
    let top = node;
    while (top.parentNode !== box) top = top.parentNode;
    const before = offsetOf(box, Array.from(box.childNodes).indexOf(top));
    return before + (top === node && node.nodeType === Node.TEXT_NODE ? at : textOf(top).length);
  }

  function selection() {
    const chosen = getSelection();
    if (!chosen.rangeCount || !box.contains(chosen.anchorNode)) return [now.start, now.end];
    const range = chosen.getRangeAt(0);
    return [offsetOf(range.startContainer, range.startOffset), offsetOf(range.endContainer, range.endOffset)];
  }

  function range(start, end) {
    const made = document.createRange();
    made.setStart(...placeOf(start));
    made.setEnd(...placeOf(end));
    return made;
  }

  function select(start, end = start) {
    now.start = start;
    now.end = end;
    const chosen = getSelection();
    chosen.removeAllRanges();
    chosen.addRange(range(start, end));
  }

  function show(state) {
    draw(state.text);
    now = state;
    area.value = state.text;
    box.focus();
    select(state.start, state.end);
    changed();
  }

  function set(value, start = value.length, end = start) {
    if (value !== now.text) {
      past.push(now);
      future.length = 0;
    }
    lately = 0;
    show({ text: value, start, end });
  }

  function insert(words) {
    const [start, end] = selection();
    const whole = text();
    set(whole.slice(0, start) + words + whole.slice(end), start + words.length);
  }

  // The word that an offset lies in or ends, as [start, end], for any script.
  function wordAt(whole, offset) {
    const words = new Intl.Segmenter(box.lang || undefined, { granularity: "word" }).segment(whole);
    const found = Array.from(words).find((one) => one.isWordLike && one.index <= offset && offset <= one.index + one.segment.length);
    return found ? [found.index, found.index + found.segment.length] : null;
  }

  // Put a code around the selected words without the spaces at their ends, or at the cursor; it is in the
  // text once afterwards.  The cursor is behind words that were there, and between the marks without any.  Dropped at an offset, a pair goes around the selection there or else the word.
  function place(number, paired, at) {
    let whole = text();
    let [start, end] = at === undefined || (now.start < at && at < now.end) ? selection() : [at, at];
    const marks = new RegExp(`</?${number}/?>`, "g");
    const shift = (offset) => offset - (whole.slice(0, offset).match(marks) ?? []).join("").length;
    [start, end] = [shift(start), shift(end)];
    whole = whole.replace(marks, "");
    if (at !== undefined && start === end) [start, end] = wordAt(whole, start) ?? [start, end];
    start += whole.slice(start, end).search(/\S|$/);
    end = start + whole.slice(start, end).trimEnd().length;
    const [open, close] = paired ? [`<${number}>`, `</${number}>`] : [`<${number}/>`, ""];
    if (!paired) start = end;
    const behind = end + open.length + (start < end ? close.length : 0);
    set(whole.slice(0, start) + open + whole.slice(start, end) + close + whole.slice(end), behind);
  }

  // One mark taken elsewhere, to the edge of the word it is dropped on.
  function move(mark, at) {
    const from = text().indexOf(mark);
    const whole = text().replace(mark, "");
    let to = at > from ? Math.max(from, at - mark.length) : at;
    const word = wordAt(whole, to);
    if (word && word[0] < to && to < word[1]) to = mark.startsWith("</") || mark.endsWith("/>") ? word[1] : word[0];
    set(whole.slice(0, to) + mark + whole.slice(to), to + mark.length);
  }

  function typed() {
    const value = text();
    const strange = Array.from(box.children).some((one) => !one.dataset.code);
    const raw = Array.from(box.childNodes).some((one) => one.nodeType === Node.TEXT_NODE && CODE.test(one.data));
    const [start, end] = selection();
    if (value === now.text && !strange) return;
    if (Date.now() - lately > 600) past.push(now);
    lately = Date.now();
    future.length = 0;
    if (strange || raw || !value) {
      show({ text: value, start, end });
    } else {
      now = { text: value, start, end };
      area.value = value;
      changed();
    }
  }

  function step(from, to) {
    if (!from.length) return;
    to.push(now);
    lately = 0;
    show(from.pop());
  }

  box.addEventListener("input", typed);
  box.addEventListener("blur", () => ([now.start, now.end] = selection()));
  box.addEventListener("beforeinput", (event) => {
    if (event.inputType === "insertParagraph" || event.inputType === "insertLineBreak") event.preventDefault();
    if (event.inputType.startsWith("format")) event.preventDefault();
  });
  box.addEventListener("paste", (event) => {
    event.preventDefault();
    insert(event.clipboardData.getData("text/plain").replace(/\s*[\r\n]+\s*/g, " "));
  });
  for (const name of ["copy", "cut"]) {
    box.addEventListener(name, (event) => {
      const [start, end] = selection();
      event.preventDefault();
      event.clipboardData.setData("text/plain", text().slice(start, end));
      if (name === "cut") set(text().slice(0, start) + text().slice(end), start);
    });
  }
  box.addEventListener("dragover", (event) => event.preventDefault());
  box.addEventListener("drop", (event) => {
    event.preventDefault();
    const spot = document.caretPositionFromPoint?.(event.clientX, event.clientY);
    const legacy = spot ? null : document.caretRangeFromPoint?.(event.clientX, event.clientY);
    const [node, offset] = spot ? [spot.offsetNode, spot.offset] : [legacy?.startContainer, legacy?.startOffset];
    const at = node && box.contains(node) ? offsetOf(node, offset) : text().length;
    const number = event.dataTransfer.getData("application/x-passerelle-code");
    const mark = event.dataTransfer.getData("application/x-passerelle-mark");
    if (mark && text().includes(mark)) move(mark, at);
    else if (number) place(Number(number), event.dataTransfer.getData("application/x-passerelle-paired") === "1", at);
  });

  draw(area.value);
  return {
    box, text, set, insert, place, range,
    focus: () => { box.focus(); select(now.start, now.end); },
    undo: () => step(past, future),
    redo: () => step(future, past),
  };
}
