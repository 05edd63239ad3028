/* Small helps; every page works without them. */
(function () {
  "use strict";
  var summary = document.getElementById("errors");
  if (summary) { summary.focus(); }

  /* words of a text, beside its recommended length */
  function count(line) {
    var text = document.getElementById(line.dataset.countFor), out = line.querySelector("[data-many]");
    if (!text || !out) { return; }
    function say() {
      var n = (text.value.match(/\S+/g) || []).length;
      out.textContent = n === 1 ? out.dataset.one : out.dataset.many.replace("{n}", n.toLocaleString(document.documentElement.lang));
    }
    text.addEventListener("input", say);
    say();
  }
  document.querySelectorAll("[data-count-for]").forEach(count);

  /* a second question before what cannot be undone */
  document.addEventListener("submit", function (event) {
    var asked = event.submitter && event.submitter.dataset.confirm || event.target.dataset.confirm;
    if (asked && !window.confirm(asked)) { event.preventDefault(); return; }
    var button = event.submitter;
    if (button && !event.defaultPrevented && event.target.method === "post") {
      button.setAttribute("aria-busy", "true");
      window.setTimeout(function () { button.removeAttribute("aria-busy"); }, 8000);
    }
  });

  /* printing needs a script: without one the button is not there */
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });

  /* groups opened by hand stay open on the next page of the same list */
  document.querySelectorAll("details[data-remember]").forEach(function (box) {
    var key = "open:" + box.dataset.remember;
    try {
      if (window.sessionStorage.getItem(key) === "1") { box.open = true; }
      if (window.sessionStorage.getItem(key) === "0") { box.open = false; }
      box.addEventListener("toggle", function () { window.sessionStorage.setItem(key, box.open ? "1" : "0"); });
    } catch (error) { box.dataset.remember = ""; }
  });

  /* drawers open by their address; Escape closes them and gives the focus back */
  function drawer() {
    var open = window.location.hash.length > 1 && document.getElementById(window.location.hash.slice(1));
    return open && open.matches(".facets, .nav-main") ? open : null;
  }
  window.addEventListener("hashchange", function () {
    var open = drawer(), first = open && open.querySelector("a, button, summary, input");
    if (first) { first.focus(); }
  });
  document.addEventListener("keydown", function (event) {
    var open = event.key === "Escape" && drawer();
    if (!open) { return; }
    var id = open.id;
    window.location.hash = "main";
    var opener = document.querySelector('a[href="#' + id + '"]');
    if (opener) { opener.focus(); }
  });
})();
