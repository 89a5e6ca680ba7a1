// Comfort only: every page works without this file.
"use strict";

function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), b => b.toString(16).padStart(2, "0")).join("");
}

// Parts of the demo's page that others change: replaced when they differ, so that the focus stays where it is.
function lookAgain() {
  document.querySelectorAll("[data-live]").forEach(async part => {
    const now = await fetch(part.dataset.live);
    if (!now.ok) return;
    const text = await now.text();
    if (part.lookedLike !== text) { part.lookedLike = text; part.innerHTML = text; }
  });
}

if (document.querySelector("[data-live]")) setInterval(() => { if (!document.hidden) lookAgain(); }, 4000);

// The chat: looks again when the server says so, sends without leaving the page.
function liveChat(chat) {
  const log = chat.querySelector("[data-log]");
  const composer = chat.querySelector("[data-composer]");
  const words = composer.querySelector("textarea");
  let stamp = chat.dataset.stamp;
  const toEnd = () => { log.scrollTop = log.scrollHeight; };
  const refresh = async () => {
    const answer = await fetch("/chat/log", { headers: { accept: "text/html" } });
    if (!answer.ok) { location.reload(); return; }
    const near = log.scrollHeight - log.scrollTop - log.clientHeight < 120;
    log.innerHTML = await answer.text();
    if (near) toEnd();
    lookAgain();
  };
  toEnd();
  const events = new EventSource("/chat/events");
  events.onmessage = event => {
    if (event.data !== stamp) { stamp = event.data; refresh(); }
  };
  const send = async (form, data) => {
    data.set("live", "1");
    const buttons = form.querySelectorAll("button");
    buttons.forEach(b => { b.disabled = true; });
    try {
      const answer = await fetch("/chat", { method: "POST", body: data });
      if (answer.ok) {
        form.reset();
        form.querySelectorAll("[data-reply]").forEach(part => part.remove());
        form.querySelector("[name=key]").value = newKey();
        await refresh();
        toEnd();
      } else {
        // A refusal is a page: show it as the server made it, with what had been typed.
        document.documentElement.innerHTML = await answer.text();
        document.querySelectorAll("[data-chat]").forEach(liveChat);
        events.close();
      }
    } finally {
      buttons.forEach(b => { b.disabled = false; });
    }
  };
  composer.addEventListener("submit", event => {
    event.preventDefault();
    if (words.value.trim() || composer.querySelector("[type=file]").value) send(composer, new FormData(composer));
    else words.focus();
  });
  words.addEventListener("keydown", event => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); composer.requestSubmit(); }
  });
  const press = chat.querySelector("[data-press]");
  press.addEventListener("submit", event => {
    event.preventDefault();
    const data = new FormData(press);
    if (event.submitter) { data.set("press", event.submitter.value); event.submitter.disabled = true; }
    send(press, data);
  });
}

document.querySelectorAll("[data-chat]").forEach(liveChat);

// A step of the clock takes a moment: say so, and take no second press.
document.querySelectorAll("form[data-slow]").forEach(form => {
  form.addEventListener("submit", event => {
    setTimeout(() => {
      form.querySelectorAll("button").forEach(b => { b.disabled = true; });
      if (event.submitter) event.submitter.textContent = form.dataset.slow;
    });
  });
});

// The source sentence comes into view inside its own box.
document.querySelectorAll(".paper").forEach(paper => {
  const mark = paper.querySelector("mark");
  if (mark && !paper.querySelector(".marked")) paper.scrollTop = mark.offsetTop - paper.offsetTop - paper.clientHeight / 3;
});
