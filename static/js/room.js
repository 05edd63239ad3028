/* A live room: messages come by server-sent events; with that line gone the page asks every few seconds. It works without this. */
(function () {
  "use strict";
  var room = document.getElementById("room"), list = document.getElementById("room-messages");
  if (!room || !list || !window.fetch) { return; }
  function by(id) { return document.getElementById(id); }
  var box = by("room-box"), line = by("room-line"), voice = by("room-voice"), more = by("room-more"), form = null, words = {};
  by("room-words").content.querySelectorAll("[data-word]").forEach(function (one) { words[one.dataset.word] = one.textContent; });
  var POLL = 4000, AGAIN = 15000, SPEAK = 4000, ANSWER = 15000;
  var version = +room.dataset.after, state = "", stream = null, polling = null, asking = false, ended = false, unsaid = [], speaking = null;
  var beat = 15000, heard = 0, again = null;

  function say(word, bad) {
    if (state === word) { return; }
    state = word;
    line.textContent = words[word];
    line.classList.toggle("is-bad", !!bad);
    room.dataset.line = word;
  }

  /* ---- what is new: by place, and never an older state over a newer one. What one sent oneself says nothing of what
     others said before it: it does not move the place that the page reads from, and is known when it comes again */
  function atEnd() { return box.scrollHeight - box.scrollTop - box.clientHeight < 60; }
  function toEnd() { box.scrollTop = box.scrollHeight; more.hidden = true; }
  function place(item, own) {
    var old = by("m-" + item.dataset.seq), seq = +item.dataset.seq, next, report = item.querySelector("[data-report]");
    if (report && item.dataset.by && item.dataset.by === room.dataset.me) { report.remove(); }
    if (!own) { version = Math.max(version, +item.dataset.version); }
    if (old) {
      if (+old.dataset.version < +item.dataset.version) { unsay(old); old.replaceWith(item); }
      return false;
    }
    next = list.lastElementChild;
    while (next && +next.dataset.seq > seq) { next = next.previousElementSibling; }
    if (next) { next.after(item); } else { list.prepend(item); }
    return true;
  }
  /* the room came back from an older copy: what the page knows beyond it is in the room no more */
  function cut(stands) {
    list.querySelectorAll("li[data-seq]").forEach(function (item) { if (+item.dataset.version > stands) { item.remove(); } });
    version = stands;
  }
  /* what was changed or hidden is not read out any more, nor kept where it was */
  function unsay(item) {
    unsaid = unsaid.filter(function (one) { return one !== item; });
    voice.textContent = "";
  }
  function take(html, own) {
    var follow = atEnd(), added = 0;
    new DOMParser().parseFromString("<ol>" + html + "</ol>", "text/html").querySelectorAll("li[data-seq]").forEach(function (item) {
      if (place(document.importNode(item, true), own)) { added += 1; if (!own) { unsaid.push(item); } }
    });
    if (!added) { return; }
    by("room-none").hidden = true;
    if (follow) { toEnd(); } else { more.hidden = false; }
    if (!speaking && unsaid.length) { speaking = window.setTimeout(speak, 800); }
  }
  /* one message is read out; of many at once only how many */
  function speak() {
    var text;
    if (!unsaid.length) { speaking = null; return; }
    if (unsaid.length === 1) {
      text = [".said-head b", ".said-text"].map(function (part) { var found = unsaid[0].querySelector(part); return found ? found.textContent : ""; }).join(": ");
    } else {
      text = words.many.replace("{n}", unsaid.length.toLocaleString(document.documentElement.lang));
    }
    voice.textContent = text;
    unsaid = [];
    speaking = window.setTimeout(speak, SPEAK);
  }
  function put(id, html) {
    var part = by(id);
    if (part.innerHTML !== html) { part.innerHTML = html; }
  }
  function turned(word) {
    var why = by("room-why");
    if (word === "open") { openForm(); return; }
    if (why) { why.textContent = words[word]; } else if (form) { problem(words[word]); }
    voice.textContent = words[word];
  }
  /* the hour has come: where one writes is fetched and put in its place, not by everybody in the same moment */
  function openForm() {
    if (form) { problem(""); return; }
    window.setTimeout(function () {
      ask(room.dataset.poll + "?writing=1&after=" + version).then(function (answer) { return answer.ok ? answer.text() : ""; }).then(function (html) {
        var part = new DOMParser().parseFromString(html, "text/html").getElementById("write"), now = document.querySelector("#room-state [data-room-state]");
        if (form || !now || now.dataset.roomState !== "open") { return; }
        if (!part) { throw new Error(); }
        by("room-say").replaceChildren(document.importNode(part, true));
        bind();
        voice.textContent = words.open;
      }).catch(function () { if (!ended) { window.setTimeout(openForm, POLL); } });
    }, Math.random() * 1500);
  }
  function hours(html) {
    var was = document.querySelector("#room-state [data-room-state]"), now;
    put("room-state", html);
    now = document.querySelector("#room-state [data-room-state]");
    if (was && now && was.dataset.roomState !== now.dataset.roomState) {
      if (now.dataset.roomState !== "announced") { turned(now.dataset.roomState); }
    }
  }

  /* ---- asking, while nothing comes by itself; a line that swallows the question is no answer either */
  function ask(url, options) {
    var stop = new AbortController(), patience = window.setTimeout(function () { stop.abort(); }, ANSWER);
    function done() { window.clearTimeout(patience); }
    return fetch(url, Object.assign({ credentials: "same-origin", redirect: "manual", signal: stop.signal }, options)).then(function (answer) {
      var text = answer.text();
      text.then(done, done);
      return { ok: answer.ok, type: answer.type, status: answer.status, headers: answer.headers, text: function () { return text; } };
    }, function (error) { done(); throw error; });
  }
  function poll() {
    if (asking || ended) { return; }
    asking = true;
    ask(room.dataset.poll + "?after=" + version).then(function (answer) {
      if (answer.ok) { return answer.text(); }
      if (answer.type === "opaqueredirect" || answer.status === 404 || answer.status === 403) { end(); }
      return null;
    }).then(function (html) {
      var page;
      asking = false;
      if (html === null) { return; }
      page = new DOMParser().parseFromString(html, "text/html");
      if (page.getElementById("new").dataset.cut) { cut(+page.getElementById("new").dataset.cut); }
      take(page.getElementById("new").innerHTML);
      hours(page.getElementById("state").innerHTML);
      put("room-here", page.getElementById("here").innerHTML);
      if (polling) { say("polling"); }
    }).catch(function () { asking = false; if (polling) { say("offline", true); } });
  }
  function end() {
    ended = true;
    stopPolling();
    hangUp();
    say("ended", true);
  }
  function startPolling() {
    if (polling || ended) { return; }
    polling = window.setInterval(function () { if (document.visibilityState === "visible") { poll(); } }, POLL);
    poll();
  }
  function stopPolling() { window.clearInterval(polling); polling = null; }

  /* ---- listening; the browser comes back by itself with the number of the last event */
  function listen() {
    var url = new URL(room.dataset.push, window.location.href);
    hangUp();
    if (ended || !window.EventSource) { startPolling(); return; }
    url.searchParams.set("after", version);
    heard = Date.now();
    stream = new EventSource(url.href, { withCredentials: true });
    stream.onopen = function () { heard = Date.now(); };
    stream.onerror = function () {
      startPolling();
      if (stream && stream.readyState === 2) { hangUp(); again = window.setTimeout(listen, AGAIN); }
    };
    on("message", function (text) { take(text); });
    on("cut", function (text) { cut(+text); });
    on("state", hours);
    on("here", function (text) { put("room-here", text); });
    on("beat", function (text) { beat = Math.max(1, +text || 15) * 1000; });
  }
  /* the line is live once something came over it: a proxy may pass its opening and hold back all else */
  function on(kind, what) {
    stream.addEventListener(kind, function (event) {
      heard = Date.now();
      stopPolling();
      say("live");
      what(event.data);
    });
  }
  function hangUp() {
    window.clearTimeout(again);
    if (stream) { stream.close(); }
    stream = null;
  }
  /* a line may be dead without a word: the process says every few seconds that it is there, and a page that hears nothing for
     two and a half of these asks instead, and tries the line anew */
  function watch() {
    if (!stream || Date.now() - heard < 2.5 * beat) { return; }
    if (!polling) { say("lost", true); }
    listen();
    startPolling();
  }

  /* ---- sending: a second press of what may have arrived is the same message */
  function freshKey() {
    var bytes = window.crypto.getRandomValues(new Uint8Array(18));
    form.elements.form_key.value = btoa(String.fromCharCode.apply(null, bytes)).replace(/\+/g, "-").replace(/\//g, "_");
  }
  function problem(text) {
    by("room-problem-words").textContent = text || "";
    by("room-problem").hidden = !text;
  }
  function send() {
    var field = form.elements.text, text = field.value;
    if (form.dataset.busy || !text.trim()) { field.focus(); return; }
    form.dataset.busy = "1";
    problem("");
    ask(form.action, { method: "POST", body: new FormData(form), headers: { "X-Room": "post" } })
      .then(function (answer) {
        return answer.type === "opaqueredirect" ? ["out", ""] : answer.text().then(function (body) {
          return [answer.ok ? "ok" : (answer.headers.get("Content-Type") || "").indexOf("text/plain") === 0 ? "no" : "out", body];
        });
      }).then(function (told) {
        if (told[0] === "ok") {
          take(told[1], true);
          toEnd();
          if (field.value === text) { field.value = ""; }
          freshKey();
          voice.textContent = words.sent;
        } else { problem(told[0] === "no" ? told[1] : words.out); }
      }).catch(function () { problem(words.unsent); form.dataset.last = "1"; })
      .then(function () { delete form.dataset.busy; field.focus(); });
  }
  function bind() {
    form = by("room-write");
    if (!form) { return; }
    form.querySelectorAll(".live-only").forEach(function (part) { part.hidden = false; });
    form.addEventListener("submit", function (event) { event.preventDefault(); send(); });
    form.elements.text.addEventListener("keydown", function (event) {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); send(); }
    });
    form.elements.text.addEventListener("input", function () { if (!form.dataset.busy && form.dataset.last) { freshKey(); form.dataset.last = ""; } });
  }
  more.firstElementChild.addEventListener("click", toEnd);
  bind();
  window.setInterval(watch, 1000);
  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState !== "visible") { return; }
    watch();
    if (polling) { poll(); }
  });
  window.addEventListener("offline", function () {
    if (ended) { return; }
    hangUp();
    startPolling();
    say("offline", true);
  });
  window.addEventListener("online", function () {
    if (ended) { return; }
    startPolling();
    poll();
    listen();
  });
  if (!window.location.hash) { toEnd(); }
  listen();
})();
