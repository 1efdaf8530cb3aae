/* How long it is: lines against their limits, the body as Chinese papers count (every character but white space). */
(function () {
  "use strict";

  const desk = window.storyDesk;
  if (!desk) {
    return;
  }
  const NEAR = 10;
  const number = new Intl.NumberFormat(document.documentElement.lang || undefined);

  // --- the lines ---

  desk.form.querySelectorAll("[data-count-of]").forEach((place) => {
    const input = desk.form.elements[place.dataset.countOf];
    const limit = Number(place.dataset.limit);
    if (!input) {
      return;
    }
    // The server counts whole characters; the browser's own limit would cut a rare one in half, without a word.
    input.removeAttribute("maxlength");
    function count() {
      const length = Array.from(input.value.trim()).length;
      place.textContent = `${length} / ${limit}`;
      place.classList.toggle("story-count-near", length > limit - NEAR);
      place.classList.toggle("story-count-over", length > limit);
      return length;
    }
    input.addEventListener("input", () => {
      const length = count();
      if (length > limit - NEAR) {
        const sentence = length > limit ? desk.words.too_long : desk.words.of_limit;
        desk.speak(desk.fill(sentence, { field: place.dataset.called, count: length, limit, over: length - limit }));
      }
    });
    count();
  });

  // --- the body ---

  const places = document.querySelectorAll("[data-body-count]");
  const GAP_FILLERS = /[\s\u200b\ufeff]/g;
  let waiting = 0;
  let said = 0;

  function text() {
    const editor = desk.editor();
    const root = document.createElement("div");
    if (editor && editor.status === "ready") {
      const shown = editor.editable().$;
      return Array.from(shown.childNodes, (node) => (node.nodeName === "FIGURE" ? "" : node.textContent)).join("");
    }
    root.append(document.createRange().createContextualFragment(desk.form.elements.body.value));
    root.querySelectorAll("figure").forEach((figure) => figure.remove());
    return root.textContent;
  }

  function countBody() {
    waiting = 0;
    const length = Array.from(text().replace(GAP_FILLERS, "")).length;
    places.forEach((place) => {
      place.textContent = desk.fill(desk.words.characters, { count: number.format(length) });
    });
    // Spoken when somebody has written a good deal, never with every word.
    if (Math.abs(length - said) >= 100) {
      said = length;
      desk.speak(places[0].textContent);
    }
  }

  function soon() {
    if (!waiting) waiting = window.setTimeout(countBody, 150);
  }

  desk.onWrite(soon);
  if (window.CKEDITOR) {
    CKEDITOR.on("instanceReady", ({ editor }) => {
      editor.on("contentDom", soon);
      said = Array.from(text().replace(GAP_FILLERS, "")).length;
      soon();
    });
  }
  desk.form.elements.body.addEventListener("input", soon);
})();
