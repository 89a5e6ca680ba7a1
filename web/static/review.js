// The review page by keyboard, saved as it is typed. Every act is also a form that works without this file.
import { keysFor } from "./review_keys.js";

(() => {
  const page = document.querySelector("[data-review]");
  if (!page) return;
  document.documentElement.classList.add("live");
  const said = page.querySelector("[data-said]");
  const bar = page.querySelector("[data-bar]");
  const paper = page.querySelector("[data-paper]");
  const lists = { ours: page.querySelector('[data-cards="ours"]'), others: page.querySelector('[data-cards="others"]') };
  let queue = Promise.resolve();
  let refusals = 0, placing = false;
  const lastSent = new WeakMap();
  const stood = field => field.tagName === "SELECT" ? Array.from(field.options).find(one => one.defaultSelected)?.value : field.defaultValue;
  let justSent = null;  // Enter in a field is a change and then a submit: one act, not two

  const cards = () => Array.from(lists.ours.querySelectorAll("[data-item]"));
  const cardOf = node => node && node.closest ? node.closest("[data-item]") : null;
  const card = id => document.getElementById("i" + id);
  let now = null;  // the id of the card that keys are about
  const characters = text => Array.from(text).length;  // the server counts characters, not UTF-16 units

  // -- the document and the cards light each other ------------------------------------------------------------------
  function light(id, scroll) {
    page.querySelectorAll(".lit").forEach(one => one.classList.remove("lit"));
    page.querySelectorAll(".item.now").forEach(one => one.classList.remove("now"));
    if (!id) return;
    const marks = page.querySelectorAll(`.marked[data-of="${id}"]`);
    marks.forEach(one => one.classList.add("lit"));
    const own = card(id);
    if (own) own.classList.add("now");
    if (scroll && marks.length) into(marks[0]);
  }

  function into(mark) {
    const box = mark.closest(".paper");
    const top = mark.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;
    if (top < box.scrollTop + 20 || top > box.scrollTop + box.clientHeight - 80) box.scrollTop = top - box.clientHeight / 3;
    const column = page.querySelector(".document");
    if (column.scrollHeight > column.clientHeight) {
      const place = box.getBoundingClientRect(), seen = column.getBoundingClientRect();
      if (place.top > seen.bottom - 60 || place.bottom < seen.top + 60) column.scrollTop += place.top - seen.top - 40;
    }
  }

  function go(target) {
    if (!target) return;
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "nearest" });
    now = target.dataset.item;
    light(now, true);
  }

  page.addEventListener("focusin", event => {
    const own = cardOf(event.target);
    const mark = event.target.closest(".marked");
    if (own) { now = own.dataset.item; light(now, true); }
    else if (mark) light(mark.dataset.of, false);
  });
  page.addEventListener("mouseover", event => {
    const own = cardOf(event.target), mark = event.target.closest(".marked");
    if (own) light(own.dataset.item, true);
    else if (mark) {
      light(mark.dataset.of, false);
      const target = card(mark.dataset.of);
      if (target && getComputedStyle(page).gridTemplateColumns.includes(" ")) target.scrollIntoView({ block: "nearest" });
    }
  });
  page.addEventListener("click", event => {
    const mark = event.target.closest(".marked, .open-questions a, .item h3 a");
    if (!mark) return;
    const id = mark.dataset.of || mark.hash.replace(/^#[iw]/, "");
    const target = card(id);
    if (!target || String(window.getSelection()).trim()) return;  // words are being selected
    event.preventDefault();
    const list = target.closest("details.others");
    if (list) list.open = true;
    go(target);
    if (mark.closest(".open-questions")) {
      const field = target.querySelector('.asked.open input, [name="owner"]');
      if (field) field.focus();
    }
  });

  // -- what was typed goes to the server, one act after the other ---------------------------------------------------
  function tell(words, bad) {
    said.textContent = words;
    said.classList.toggle("refused", bad);
    said.setAttribute("role", bad ? "alert" : "status");
  }

  function send(form, act, extra) {
    const data = new FormData(form);
    Object.entries(extra || {}).forEach(([name, value]) => data.set(name, value));
    data.set("act", act);
    data.set("live", "1");
    // What was sent behind an act that is refused is not done: somebody must look first.
    const seen = refusals;
    queue = queue.then(() => seen === refusals ? post(form, data) : null).catch(() => tell(page.dataset.offline, true));
    return queue;
  }

  async function post(form, data) {
    // Versions are those of now: an act before this one may have changed them.
    const action = form.getAttribute("action");
    const alive = document.querySelector(`form[action="${action}"]`) || form;
    for (const name of ["version", "item_version"]) {
      const field = alive.querySelector(`[name=${name}]`);
      if (field) data.set(name, field.value);
    }
    const sent = new Map(data);
    const answer = await fetch(action, { method: "POST", body: data, headers: { accept: "application/json" } });
    if (!(answer.headers.get("content-type") || "").includes("json")) { tell(page.dataset.offline, true); return; }
    show(await answer.json(), sent);
  }

  function show(got, sent) {
    const refused = got.kind === "refused";
    if (refused) refusals += 1;
    Object.entries(got.cards).forEach(([id, html]) => place(id, html, refused ? new Map() : sent));
    for (const list of ["ours", "others"]) {
      got[list].forEach((id, at) => {
        const own = card(id);
        if (own && lists[list].children[at] !== own) {
          const active = document.activeElement;
          lists[list].insertBefore(own, lists[list].children[at] || null);
          if (own.contains(active)) active.focus({ preventScroll: true });
        }
      });
      Array.from(lists[list].children).slice(got[list].length).forEach(one => {
        if (!one.dataset.item || !got.ours.concat(got.others).includes(Number(one.dataset.item))) one.remove();
      });
    }
    const others = page.querySelector("[data-others]");
    others.hidden = got.others.length === 0;
    page.querySelector("[data-others-count]").textContent = got.others.length;
    const opened = Array.from(bar.querySelectorAll("details[open]"), one => one.className);
    const inBar = bar.contains(document.activeElement);
    const key = inBar ? document.activeElement.dataset.key : null;
    bar.innerHTML = got.bar;
    bar.querySelectorAll("details").forEach(one => { one.open = opened.includes(one.className); });
    if (got.paper !== null) {
      const at = Array.from(paper.querySelectorAll(".paper"), one => one.scrollTop);
      paper.innerHTML = got.paper;
      paper.querySelectorAll(".paper").forEach((one, n) => { one.scrollTop = at[n] || 0; });
    }
    page.querySelectorAll("input[name=version]").forEach(one => { one.value = got.version; });
    if (inBar) { const again = key && bar.querySelector(`[data-key="${key}"]:not([disabled])`); if (again) again.focus(); }
    if (got.focus && (document.activeElement === document.body || inBar)) go(card(got.focus));
    else {
      light(now, true);
      const own = cardOf(document.activeElement);
      if (own && sent.get("act") !== "save") own.scrollIntoView({ block: "nearest" });
    }
    prepare(page);
    tell(got.said, refused);
  }

  // A card is replaced under the hands of somebody who types on: what is not sent yet stays, and so does the focus.
  function place(id, html, sent) {
    const box = document.createElement("template");
    box.innerHTML = html.trim();
    const fresh = box.content.firstElementChild;
    const old = card(id);
    if (!old) { lists.ours.append(fresh); return; }
    const kept = new Map();
    old.querySelectorAll("input[type=text], input[type=date], textarea:not([readonly]), select").forEach(one => {
      if (one.name && one.value !== stood(one) && one.value !== sent.get(one.name)) kept.set(one.name, one.value);
    });
    const opened = Array.from(old.querySelectorAll("details")).map(one => one.open);
    const active = old.contains(document.activeElement) ? document.activeElement : null;
    const where = active && active.name ? [
      active.name, active.selectionStart, active.selectionEnd,
      active.value !== "" && active.selectionStart === 0 && active.selectionEnd === active.value.length,
    ] : null;
    const cut = old.querySelector("details.cut")?.open && fresh.querySelectorAll(".parts li").length !== old.querySelectorAll(".parts li").length;
    placing = true;  // taking a field away that is being typed in is no change by its user
    old.replaceWith(fresh);
    placing = false;
    fresh.querySelectorAll("details").forEach((one, n) => { if (!(cut && one.matches(".cut"))) one.open = Boolean(opened[n]); });
    kept.forEach((value, name) => { const one = fresh.querySelector(`[name="${name}"]`); if (one) one.value = value; });
    if (!active) return;
    const field = where && fresh.querySelector(`[name="${where[0]}"]:not([type=hidden])`);
    if (field && field.tagName !== "BUTTON") {
      field.focus({ preventScroll: true });
      if (where[3]) field.select();  // all was selected: what is typed next replaces all, also of a longer value
      else if (typeof where[1] === "number") field.setSelectionRange(where[1], where[2]);
    } else fresh.focus({ preventScroll: true });
  }

  function prepare(root) {
    root.querySelectorAll(".caret[hidden]").forEach(one => { one.hidden = false; });
  }
  prepare(page);

  // Also when a field is left: what a script has set anew under somebody's hands makes no "change" of its own.
  function keep(event) {
    const field = event.target, own = cardOf(field);
    if (placing || !own || !field.name || !field.matches("input, textarea, select") || field.matches("[name=at_words], [data-caret]")) return;
    if (field.value === (lastSent.get(field) ?? stood(field))) return;
    lastSent.set(field, field.value);
    if (field.name === "day") own.querySelector("[name=due]").value = own.querySelector("[name=due]").defaultValue;
    justSent = own.querySelector("form");
    setTimeout(() => { justSent = null; });
    send(justSent, "save");
  }
  page.addEventListener("change", keep);
  page.addEventListener("focusout", keep);

  // Who closes the page in the middle of a word loses nothing: the field that is being typed in is sent on the way out.
  window.addEventListener("pagehide", () => {
    const field = document.activeElement, own = cardOf(field);
    if (!own || !field.name || field.readOnly || field.value === field.defaultValue || field.tagName === "SELECT") return;
    const data = new FormData(own.querySelector("form"));
    data.set("act", "save");
    data.set("live", "1");
    fetch(own.querySelector("form").getAttribute("action"), { method: "POST", body: data, keepalive: true });
  });

  page.addEventListener("submit", event => {
    const form = event.target, pressed = event.submitter;
    const own = cardOf(form);
    if (!own && !form.matches("[data-whole]")) return;
    const act = pressed && pressed.name === "act" ? pressed.value : "save";
    event.preventDefault();
    if (act === "assign" || act === "waive") {
      // What is still on its way is kept first; then the page goes on as any form does.
      queue.then(() => {
        const fresh = bar.querySelector("form") || form;
        const field = document.createElement("input");
        field.type = "hidden"; field.name = "act"; field.value = act;
        fresh.append(field);
        fresh.submit();
      });
      return;
    }
    const extra = pressed && pressed.name.endsWith("_choice") ? { [pressed.name]: pressed.value, live: "1" } : {};
    const label = document.activeElement;
    const again = act === "save" && justSent === form && !Object.keys(extra).length;
    (again ? queue : send(form, act, extra)).then(() => {
      if (form.matches("[data-add]") && !said.classList.contains("refused")) { form.reset(); form.closest("details").open = false; go(card(now)); }
    });
    if (own && label && label.matches("input[type=text]")) own.focus({ preventScroll: true });
  });

  keysFor({ page, bar, cards, card, cardOf, go, send, characters, current: () => cardOf(document.activeElement) || (now && card(now)) || cards()[0] });

  if (location.hash.startsWith("#i") && card(location.hash.slice(2))) go(card(location.hash.slice(2)));
})();
