// Comfort only: every page works without this file. Where <body data-live-page>, the page is fetched again when the
// server says that something changed, and only what differs is changed: focus, open parts, typed words and ticks stay.
"use strict";

(() => {
  const page = document.body;
  if (!("livePage" in page.dataset) || !window.EventSource || page.liveStarted) return;
  page.liveStarted = true;

  const APART = 3000; // milliseconds between two fetches, however much happens
  const TOKEN = "form_token"; // masked anew in every answer, the old one stays good

  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = "/static/live.css";
  document.head.append(style);
  const said = document.createElement("p");
  said.className = "live-said";
  said.setAttribute("role", "status");
  page.append(said);

  // Rows of another task must never take over a form or a tick that was meant for this one: they are told apart by key.
  const keyOf = node => {
    if (node.nodeType !== 1) return "";
    if (node.id || node.dataset.key) return node.id || node.dataset.key;
    if (node.tagName === "FORM") return node.getAttribute("action") || "";
    if (node.tagName === "DETAILS") return node.querySelector("form")?.getAttribute("action") || "";
    if (node.tagName === "TR" || node.tagName === "LI") return node.querySelector("a[href]")?.getAttribute("href") || "";
    if (node.type === "checkbox" || node.type === "radio") return node.name + "=" + node.getAttribute("value");
    return node.getAttribute("name") || "";
  };
  const same = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName && keyOf(a) === keyOf(b);

  const touched = field => {
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.type === "file") return field.files.length > 0;
    if (field.tagName === "SELECT" && !field.multiple) {
      const given = [...field.options].findIndex(one => one.defaultSelected);
      return field.selectedIndex !== Math.max(given, 0);
    }
    return "defaultValue" in field && field.type !== "hidden" && field.value !== field.defaultValue;
  };
  const filled = form => [...form.elements].some(touched);
  const inUse = node => node.nodeType === 1 && (node.contains(document.activeElement) ||
    (node.tagName === "FORM" ? [node] : [...node.querySelectorAll("form")]).some(filled));
  // What a form sends stays as it was when somebody began to fill it in: the server can then say what has changed since.
  const left = node => (node.tagName === "FORM" && filled(node)) || node.name === TOKEN;
  const OWN = new Set(["open", "checked", "selected", "data-gone"]); // the reader's, not the server's

  function attributes(old, now) {
    let changed = false;
    for (const { name, value } of now.attributes) {
      if (!OWN.has(name) && old.getAttribute(name) !== value) { old.setAttribute(name, value); changed = true; }
    }
    for (const { name } of [...old.attributes]) {
      if (!OWN.has(name) && !now.hasAttribute(name)) { old.removeAttribute(name); changed = true; }
    }
    return changed;
  }

  function remove(node) {
    if (node.nodeType === 1 && inUse(node)) {
      if (!("gone" in node.dataset)) node.dataset.gone = page.dataset.liveGone;
      return false;
    }
    node.remove();
    return node.nodeType === 1 || node.data.trim() !== "";
  }

  // Makes `old` like `now`; true when a reader would see a difference.
  function renew(old, now) {
    if (old.nodeType !== 1) {
      if (old.data === now.data) return false;
      const seen = old.data.trim() !== now.data.trim();
      old.data = now.data;
      return seen;
    }
    if (left(old) || old.isEqualNode(now)) return false;
    let changed = attributes(old, now);
    changed = children(old, now) || changed;
    return changed && !("quiet" in old.dataset) && old.type !== "hidden";
  }

  function children(old, now) {
    let changed = false;
    const wanted = new Set([...now.childNodes].filter(keyOf).map(one => one.nodeName + keyOf(one)));
    for (const one of [...old.childNodes]) {
      if (keyOf(one) && !wanted.has(one.nodeName + keyOf(one))) changed = remove(one) || changed;
    }
    let place = old.firstChild;
    for (const one of [...now.childNodes]) {
      while (place && place.nodeType === 1 && "gone" in place.dataset) place = place.nextSibling;
      let found = place;
      if (keyOf(one)) while (found && !same(found, one)) found = found.nextSibling;
      if (!found || !same(found, one)) {
        const made = document.importNode(one, true);
        old.insertBefore(made, place);
        if (made.nodeType === 1) { made.dataset.fresh = ""; changed = true; } else changed = changed || made.data.trim() !== "";
        continue;
      }
      if (found === place) place = place.nextSibling;
      else old.insertBefore(found, place);
      delete found.dataset?.gone;
      changed = renew(found, one) || changed;
    }
    while (place) {
      const next = place.nextSibling;
      if (!(place.nodeType === 1 && "gone" in place.dataset)) changed = remove(place) || changed;
      place = next;
    }
    return changed;
  }

  const parts = root => [...root.querySelectorAll("[data-part]")].filter(one => !one.parentElement.closest("[data-part]"));

  async function lookAgain() {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } });
    if (!answer.ok || answer.redirected) {
      if (!inUse(page)) location.replace(location.href); // signed out, or the page is gone: the server says which
      stop();
      return;
    }
    const now = new DOMParser().parseFromString(await answer.text(), "text/html");
    page.dataset.livePage = now.body.dataset.livePage;
    document.querySelectorAll("[data-fresh]").forEach(one => { delete one.dataset.fresh; });
    let changed = false;
    for (const part of parts(document)) {
      const other = now.querySelector(`[data-part="${CSS.escape(part.dataset.part)}"]`);
      if (other) changed = renew(part, other) || changed;
    }
    if (!changed) return;
    said.textContent = "";
    requestAnimationFrame(() => { said.textContent = page.dataset.liveSaid; });
    clearTimeout(said.timer);
    said.timer = setTimeout(() => { said.textContent = ""; }, 6000);
  }

  let stream = null, last = "", waiting = null, fetched = -APART;
  function soon() {
    if (waiting) return;
    waiting = setTimeout(async () => {
      waiting = null;
      fetched = performance.now();
      try { await lookAgain(); } catch (broken) { if (!(broken instanceof TypeError)) throw broken; } // no network now
    }, Math.max(fetched + APART - performance.now(), 0));
  }
  function stop() { if (stream) stream.close(); stream = null; }
  function start() {
    if (stream) return;
    stream = new EventSource("/live?" + (last ? "after=" + encodeURIComponent(last) : "since=" + page.dataset.livePage));
    stream.onmessage = event => { last = event.lastEventId; soon(); };
  }
  // A hidden page listens to nothing: a browser opens few lines to one server, and tabs share them.
  document.addEventListener("visibilitychange", () => { if (document.hidden) stop(); else start(); });
  addEventListener("pagehide", stop);
  addEventListener("pageshow", event => { if (event.persisted) start(); });
  if (!document.hidden) start();
})();
