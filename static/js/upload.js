/* How far the file is. Without this the form is sent as any other. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-upload]");
  if (!form) { return; }
  var box = form.querySelector(".upload-progress"), bar = box.querySelector("progress"), line = box.querySelector("[data-sent]");
  form.addEventListener("submit", function (event) {
    var file = form.querySelector("input[type=file]");
    if (!file.files.length || event.defaultPrevented) { return; }
    event.preventDefault();
    var request = new XMLHttpRequest();
    box.hidden = false;
    request.upload.addEventListener("progress", function (step) {
      if (!step.lengthComputable) { return; }
      var part = Math.round(100 * step.loaded / step.total);
      bar.value = part;
      line.textContent = part < 100 ? line.dataset.sent.replace("{n}", part) : line.dataset.checking;
    });
    request.addEventListener("load", function () {
      if (request.status < 300 && request.responseURL && request.responseURL.split("?")[0] !== window.location.href.split("?")[0]) {
        window.location.assign(request.responseURL + (request.responseURL.indexOf("#") < 0 ? "#files" : ""));
        return;
      }
      var page = new DOMParser().parseFromString(request.responseText, "text/html");
      document.getElementById("main").replaceChildren.apply(document.getElementById("main"), Array.from(page.getElementById("main").childNodes));
      var summary = document.getElementById("errors");
      if (summary) { summary.focus(); }
    });
    request.addEventListener("error", function () { line.textContent = line.dataset.failed; });
    request.open("POST", form.action || window.location.href);
    request.send(new FormData(form));
  });
})();
