// "Snel weg": leave at once and take this page's place in the history. Without JavaScript it is a plain link.
"use strict";
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-exit]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  document.documentElement.hidden = true;
  location.replace(link.href);
});
