// A slider that says its number while it moves; without this the page says it after "Bekijk".
"use strict";
for (const output of document.querySelectorAll("output[for]")) {
  const slider = document.getElementById(output.htmlFor.value);
  slider?.addEventListener("input", () => { output.value = slider.value; });
}
