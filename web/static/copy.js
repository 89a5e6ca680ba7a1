// A button that copies a text; without script the text is there to be marked by hand.
"use strict";

document.querySelectorAll("[data-copies]").forEach(button => {
  const text = document.getElementById(button.dataset.copies);
  button.hidden = false;
  button.addEventListener("click", async () => {
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
    } catch {
      // Over plain http the clipboard is closed to pages; the older way still works.
      if (!document.execCommand("copy")) return;
    }
    button.parentElement.querySelector("[role=status]").textContent = button.dataset.copied;
  });
});
