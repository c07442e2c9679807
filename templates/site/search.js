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
  var SAME = {
    "ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", "ß": "ss", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i",
    "’": "'", "‘": "'", "ς": "σ", "‐": "-", "–": "-"
  };

  // The same as `fold` in l10n/site/search.py.
  function folded(text) {
    return text.normalize("NFKD").toLowerCase()
      .replace(/[\u00ad\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670\u0640\u200b-\u200f\u2060-\u2069]/g, "")
      .replace(/[ىیةکßœæøłđı’‘ς‐–]/g, function (sign) { return SAME[sign]; })
      .replace(/[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59]/g, function (digit) {
        return String((digit.charCodeAt(0) - (digit > "\u0900" && digit < "\u0e00" ? 6 : 0)) % 16);
      })
      .normalize("NFC").replace(/\s+/g, " ").trim();
  }

  function element(name, text, parent) {
    var made = document.createElement(name);
    made.textContent = text;
    parent.appendChild(made);
    return made;
  }

  // A text that is not in the page's language says so.
  function inLanguage(made, lang) {
    if (lang) {
      made.lang = lang;
      made.dir = "auto";
    }
  }

  function shown(row) {
    var item = document.createElement("li");
    var meta = element("p", "", item);
    meta.className = "meta";
    element("time", row[3], meta).dateTime = row[2];
    if (row[9]) {
      meta.append(" ");
      element("bdi", row[9], element("small", "", meta)).dir = "auto";
    }
    var link = element("a", row[1], element("h2", "", item));
    link.href = root + row[0].split("/").map(encodeURIComponent).join("/") + (location.protocol === "file:" ? "index.html" : "");
    inLanguage(link, row[7]);
    if (row[4]) { inLanguage(element("p", row[4], item), row[8]); }
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
    status.textContent = found.length ? form.dataset.found + (/：$/.test(form.dataset.found) ? "" : " ") + number : waiting ? "" : form.dataset.nothing;
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
