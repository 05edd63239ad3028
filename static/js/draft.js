/* A long form saves by itself, says so, and keeps what is typed when the line or the session is gone. */
(function () {
  "use strict";
  /* ---- a page that shows what became of forms: the copies of what was sent with them are not needed any more */
  document.querySelectorAll("[data-draft-done]").forEach(function (one) {
    one.dataset.draftDone.split(" ").forEach(function (key) {
      var copy = null;
      try { copy = JSON.parse(window.localStorage.getItem("draft:" + key) || "null"); } catch (error) { return; }
      if (copy && copy.sent) { window.localStorage.removeItem("draft:" + key); }
    });
  });
  var form = document.querySelector("form[data-draft]");
  if (!form || !window.fetch) { return; }
  var state = document.getElementById("draft-state"), saved = document.getElementById("draft-saved");
  var people = document.getElementById("draft-people"), words = {};
  document.getElementById("draft-words").content.querySelectorAll("[data-word]").forEach(function (one) {
    words[one.dataset.word] = one.textContent;
  });
  var WAIT = 3000, RETRY = 15000, HERE = 45000, timer = null, busy = false, dirty = false, sent = false, waiting = null;
  var KEPT = "draft:" + form.dataset.key;
  saved.textContent += " " + words.auto;
  state.classList.add("is-live");

  function say(text, bad, list, link) {
    saved.textContent = text;
    state.classList.toggle("is-bad", !!bad);
    (list || []).forEach(function (line) {
      saved.appendChild(document.createElement("br"));
      saved.appendChild(document.createTextNode(line));
    });
    if (link) {
      var a = document.createElement("a");
      a.href = link;
      a.target = "_blank";
      a.rel = "noopener";
      a.textContent = words.in;
      saved.appendChild(document.createElement("br"));
      saved.appendChild(a);
    }
  }

  /* ---- a copy on this device, until the portal has it */
  function pairs() {
    return Array.from(new FormData(form).entries()).filter(function (pair) {
      return typeof pair[1] === "string" && ["csrfmiddlewaretoken", "holder", "shown_to", "form_key"].indexOf(pair[0]) < 0;
    });
  }
  function keep() {
    try { window.localStorage.setItem(KEPT, JSON.stringify({ at: Date.now(), sent: sent, pairs: pairs() })); } catch (error) { dirty = true; }
  }
  function isKept() {
    try { return !!window.localStorage.getItem(KEPT); } catch (error) { return false; }
  }
  function forget() {
    try { window.localStorage.removeItem(KEPT); } catch (error) { dirty = false; }
  }
  function bring(kept) {
    form.querySelectorAll("input[type=checkbox], input[type=radio]").forEach(function (box) { box.checked = false; });
    kept.pairs.forEach(function (pair) {
      if (pair[0] === "version" || /-rows$/.test(pair[0])) { return; }
      form.querySelectorAll('[name="' + CSS.escape(pair[0]) + '"]').forEach(function (field) {
        if (field.type === "checkbox" || field.type === "radio") { field.checked = field.checked || field.value === pair[1]; }
        else { field.value = pair[1]; }
      });
    });
    changed();
  }
  function written(found) { /* what a person wrote, told alike whichever way its lines end */
    return JSON.stringify(found.filter(function (pair) {
      return pair[0] !== "seen" && pair[0] !== "version" && !/-rows$/.test(pair[0]);
    }).map(function (pair) { return [pair[0], pair[1].replace(/\r\n?/g, "\n").trim()]; }));
  }
  function offer() {
    var kept = null;
    try { kept = JSON.parse(window.localStorage.getItem(KEPT) || "null"); } catch (error) { return; }
    if (!kept || !kept.pairs || Date.now() - kept.at > 30 * 864e5) { return; }
    if (written(kept.pairs) === written(pairs())) { forget(); return; }
    say(words.restore, true);
    var button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-link";
    button.textContent = words.bring;
    button.addEventListener("click", function () { bring(kept); });
    saved.appendChild(document.createElement("br"));
    saved.appendChild(button);
  }

  /* ---- saving */
  function later(time) { window.clearTimeout(timer); timer = window.setTimeout(save, time); }
  function changed() { dirty = true; keep(); later(WAIT); }
  function read(answer) { /* what is refused stays refused until something else is typed; a portal out of order is asked again */
    if (answer.status >= 500 || answer.status === 429) { throw new Error(String(answer.status)); }
    return answer.ok ? answer.json() : answer.json().catch(function () { return { problem: words.refused }; });
  }
  function renewToken() {
    return fetch(form.dataset.draft, { credentials: "same-origin" }).then(function (answer) {
      if (answer.status >= 500) { throw new Error(String(answer.status)); }
      return answer.text();
    }).then(function (html) {
      var page = new DOMParser().parseFromString(html, "text/html");
      var fresh = page.querySelector("form[data-draft] [name=csrfmiddlewaretoken]");
      if (fresh) { form.elements.csrfmiddlewaretoken.value = fresh.value; }
      return !!fresh;
    });
  }
  function save(again) {
    if (busy || !dirty || sent) { return; }
    busy = true;
    dirty = false;
    saved.textContent = words.saving;
    fetch(form.dataset.draft, { method: "POST", body: new FormData(form), credentials: "same-origin", headers: { "X-Draft": "autosave" } })
      .then(function (answer) {
        if (answer.status === 403 && again !== true) {
          return renewToken().then(function (fresh) {
            if (!fresh) { return read(answer); }
            busy = false;
            dirty = true;
            save(true);
            return null;
          });
        }
        return read(answer);
      })
      .then(function (told) { if (told) { busy = false; hear(told); goOn(); } })
      .catch(function () { busy = false; dirty = true; say(words.offline, true); later(RETRY); goOn(); });
  }
  function hear(told) {
    if (told.sign_in) {
      dirty = true;
      say(words.out, true, [], told.sign_in);
      return;
    }
    if (told.problem) {
      say(told.problem, true);
      return;
    }
    Object.keys(told.fields).forEach(function (name) { form.elements[name].value = told.fields[name]; });
    if (told.conflicts.length) {
      say(words.both, true, told.conflicts.concat(words.choose));
    } else if (told.wrong.length) {
      say(words.wrong, true, told.wrong);
    } else {
      if (!dirty) { forget(); }
      say(told.saved + " " + words.auto, false);
    }
    if (dirty) { later(WAIT); }
  }
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", function (event) {
    window.clearTimeout(timer);
    if (busy) { event.preventDefault(); waiting = { button: event.submitter }; return; }
    sent = true;
    if (isKept()) { keep(); }
  });
  window.addEventListener("pageshow", function () { sent = false; });
  window.addEventListener("focus", function () { if (dirty) { later(300); } });
  document.addEventListener("visibilitychange", function () { if (document.visibilityState === "hidden") { save(); } });

  function goOn() { /* the button was pressed while a save was under way: now it knows what that save made of the page */
    var pressed = waiting;
    waiting = null;
    if (pressed) { form.requestSubmit(pressed.button); }
  }

  /* ---- another line of a repeated part, without a round trip */
  form.addEventListener("click", function (event) {
    var button = event.target.closest("[data-add-line]");
    if (!button) { return; }
    event.preventDefault();
    var box = button.closest("[data-lines]"), name = box.dataset.lines, count = box.querySelector('[name="' + name + '-rows"]');
    var lines = box.querySelectorAll(".line"), last = lines[lines.length - 1], line = last.cloneNode(true), n = lines.length;
    line.querySelectorAll("[id], [name], [for], [aria-describedby]").forEach(function (one) {
      ["id", "name", "for", "aria-describedby"].forEach(function (attribute) {
        var value = one.getAttribute(attribute);
        if (value) { one.setAttribute(attribute, value.replace(name + "-" + (n - 1) + "-", name + "-" + n + "-")); }
      });
      if (one.matches("input, textarea")) { one.value = ""; one.classList.remove("is-invalid"); one.removeAttribute("aria-invalid"); }
      if (one.matches("select")) { one.selectedIndex = 0; }
    });
    line.querySelectorAll(".invalid-feedback").forEach(function (one) { one.remove(); });
    var head = line.querySelector(".line-head");
    head.textContent = head.textContent.replace(/\d+/, String(n + 1));
    last.after(line);
    count.value = String(n + 1);
    line.querySelector("input, select, textarea").focus();
  });

  /* ---- who else is here */
  if (people) { window.setInterval(function () {
    if (document.visibilityState !== "visible") { return; }
    fetch(form.dataset.here, { credentials: "same-origin", redirect: "manual" }).then(function (answer) {
      return answer.ok ? answer.text() : null;
    }).then(function (html) {
      if (html === null) { return; }
      var page = new DOMParser().parseFromString(html, "text/html");
      people.replaceChildren.apply(people, Array.from(page.body.childNodes));
    }).catch(function () { people.dataset.stale = "1"; });
  }, HERE); }
  offer();
})();
