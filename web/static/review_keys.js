// The keys of the review page. They never act while somebody types, and each is also a button on the page.

const typing = node => node.matches("input, textarea, select, [contenteditable]") && !node.matches("[data-caret], [type=checkbox]");

/** `current`: the card that keys are about; the rest are the page's own parts and acts (review.js). */
export function keysFor({ page, bar, cards, card, cardOf, go, send, characters, current }) {

  function step(by) {
    const all = cards(), at = all.indexOf(current());
    const inside = cardOf(document.activeElement) || page.querySelector(".item.now");
    go(inside ? all[Math.min(Math.max(at + by, 0), all.length - 1)] : all[0]);
  }

  function field(name) {
    const own = current();
    const one = own && own.querySelector(`[data-key="${name}"]`);
    if (!one) { go(own); return; }
    one.focus();
    if (one.select) one.select();
    one.scrollIntoView({ block: "nearest" });
  }

  function press(key) {
    const own = current();
    const one = own && own.querySelector(`[data-key="${key}"]`);
    if (own && one) { go(own); one.click(); }
  }

  function splitOpen() {
    const own = current();
    const box = own && own.querySelector("details.cut");
    if (!box) return;
    box.open = true;
    const first = box.querySelector("[data-key=cut]") || box.querySelector("[data-caret]");
    first.focus();
    box.scrollIntoView({ block: "nearest" });
  }

  function addOpen() {
    const box = document.getElementById("add"), form = box.querySelector("form");
    const chosen = window.getSelection();
    const words = chosen.rangeCount ? String(chosen) : "";
    const file = chosen.rangeCount && chosen.getRangeAt(0).startContainer.parentElement.closest(".paper");
    ["file", "start", "end"].forEach(name => { form.elements[name].value = ""; });
    if (file && words.trim() && file.contains(chosen.getRangeAt(0).endContainer)) {
      const range = chosen.getRangeAt(0), before = range.cloneRange();
      before.selectNodeContents(file);
      before.setEnd(range.startContainer, range.startOffset);
      const raw = range.toString(), start = characters(before.toString()) + characters(raw) - characters(raw.trimStart());
      form.elements.words.value = raw.trim();
      form.elements.file.value = file.dataset.file;
      form.elements.start.value = start;
      form.elements.end.value = start + characters(raw.trim());
    }
    box.open = true;
    form.elements.words.focus();
    box.scrollIntoView({ block: "nearest" });
  }
  document.getElementById("add-words").addEventListener("input", event => {
    ["file", "start", "end"].forEach(name => { event.target.form.elements[name].value = ""; });
  });

  function whole(key) {
    const one = bar.querySelector(`[data-key="${key}"]`);
    if (one && !one.disabled) one.click();
  }

  function nextOpen() {
    const all = cards(), at = all.indexOf(current());
    const asking = all.slice(at + 1).concat(all.slice(0, at + 1)).find(one => one.matches(".asks") || one.querySelector(".clears .lack:first-child"));
    if (asking) { go(asking); return; }
    const one = bar.querySelector('[data-key="assign"]');
    one.focus();
  }

  function keys() {
    const box = document.getElementById("keys");
    box.open = !box.open;
    if (box.open) { box.querySelector("summary").focus(); box.scrollIntoView({ block: "nearest" }); }
  }

  const KEYS = {
    j: () => step(1), ArrowDown: () => step(1), k: () => step(-1), ArrowUp: () => step(-1),
    o: () => field("owner"), c: () => field("co"), d: () => field("due"), t: () => field("title"), p: () => field("products"),
    q: () => field("question"), w: () => press("waive"), s: splitOpen, m: () => press("join"), x: () => press("drop"), a: addOpen,
    u: () => whole("undo"), y: () => whole("redo"), Enter: nextOpen, "?": keys,
  };

  document.addEventListener("keydown", event => {
    if (event.isComposing || event.altKey) return;
    const on = event.target;
    if (on.matches("[data-caret]") && event.key === "Enter") {
      event.preventDefault();
      send(on.form, "split", { at: characters(on.value.slice(0, on.selectionStart)) });
      return;
    }
    if (event.key === "Escape" && cardOf(on)) { event.preventDefault(); go(cardOf(on)); return; }
    if (typing(on) || on.matches("[data-caret]")) return;
    const control = event.ctrlKey || event.metaKey;
    if (control) {
      const act = { z: () => whole("undo"), y: () => whole("redo"), Enter: () => whole("assign") }[event.key];
      if (act) { event.preventDefault(); act(); }
      return;
    }
    // On a button, a link or a summary Enter presses it; inside the document the arrows scroll.
    if (event.key === "Enter" && on.matches("button, a, summary")) return;
    if (event.key.startsWith("Arrow") && on.closest(".document")) return;
    const act = KEYS[event.key];
    if (act) { event.preventDefault(); act(); }
  });
}
