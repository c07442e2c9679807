// Looks through what was prebuilt for a language. Nothing that is typed leaves the page, or becomes markup.
"use strict";
var passerelle = (function () {
  var form = document.getElementById("search");
  var field = document.getElementById("q");
  var status = document.getElementById("status");
  var list = document.getElementById("results");
  var root = form.dataset.root;
  var rows = [];
  var files = form.dataset.files.split(" ").filter(Boolean);
  var waiting = files.length;
  var asked = false;
  var MOST = 100;

  // The same as `folded` in l10n/site/finding.py.
  function folded(text) {
    return text.normalize("NFKD").toLowerCase()
      .replace(/[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670\u0640\u200c-\u200f]/g, "")
      .replace(/ى/g, "ي").replace(/ة/g, "ه").replace(/ß/g, "ss").replace(/’/g, "'").replace(/ς/g, "σ").replace(/ı/g, "i")
      .replace(/[\u0660-\u0669]/g, function (d) { return String(d.charCodeAt(0) - 0x660); })
      .replace(/[\u06f0-\u06f9]/g, function (d) { return String(d.charCodeAt(0) - 0x6f0); })
      .replace(/[\u0966-\u096f]/g, function (d) { return String(d.charCodeAt(0) - 0x966); })
      .normalize("NFC").replace(/\s+/g, " ").trim();
  }

  function element(name, text, parent) {
    var made = document.createElement(name);
    made.textContent = text;
    parent.appendChild(made);
    return made;
  }

  function shown(row) {
    var item = document.createElement("li");
    var meta = element("p", "", item);
    meta.className = "meta";
    element("time", row[3], meta).dateTime = row[2];
    var link = element("a", row[1], element("h2", "", item));
    link.href = root + row[0].split("/").map(encodeURIComponent).join("/") + (location.protocol === "file:" ? "index.html" : "");
    if (row[4]) { element("p", row[4], item); }
    return item;
  }

  function find() {
    var words = folded(field.value).split(" ").filter(Boolean);
    if (!words.length) {
      list.hidden = true;
      status.textContent = "";
      return;
    }
    var found = rows.filter(function (row) {
      return words.every(function (word) { return row[5].includes(word) || row[6].includes(word); });
    });
    function inTitle(row) { return words.every(function (word) { return row[5].includes(word); }) ? 1 : 0; }
    found.sort(function (a, b) { return inTitle(b) - inTitle(a) || (a[2] < b[2] ? 1 : a[2] > b[2] ? -1 : 0); });
    list.replaceChildren.apply(list, found.slice(0, MOST).map(shown));
    list.hidden = !found.length;
    var number = new Intl.NumberFormat(status.lang || document.documentElement.lang).format(found.length);
    status.textContent = found.length ? form.dataset.found + " " + number : waiting ? "" : form.dataset.nothing;
  }

  function load() {
    if (asked) { return; }
    asked = true;
    files.forEach(function (name) {
      var script = document.createElement("script");
      script.onload = script.onerror = function () { waiting -= 1; find(); };
      script.src = root + name;
      document.head.appendChild(script);
    });
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    history.replaceState(null, "", "?q=" + encodeURIComponent(field.value));
    load();
    find();
  });
  field.addEventListener("focus", load);
  field.addEventListener("input", function () { load(); find(); });
  var given = new URLSearchParams(location.search).get("q");
  if (given) {
    field.value = given;
    load();
  }
  return { add: function (more) { rows = rows.concat(more); } };
})();
