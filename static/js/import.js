/* Asks how far an import is. Without this the page has a link that does the same. */
(function () {
  "use strict";
  var box = document.querySelector("[data-import]");
  if (!box) { return; }
  var bar = box.querySelector("progress"), words = document.getElementById("import-words");
  function ask() {
    fetch(box.dataset.import, { headers: { Accept: "application/json" }, credentials: "same-origin" }).then(function (answer) {
      return answer.json();
    }).then(function (now) {
      if (now.state !== box.dataset.state) { window.location.reload(); return; }
      if (bar) { bar.value = now.percent; }
      words.textContent = now.percent ? now.words + ": " + now.percent + " %" : now.words;
      window.setTimeout(ask, 1500);
    }).catch(function () { window.setTimeout(ask, 10000); });
  }
  window.setTimeout(ask, 1000);
})();
