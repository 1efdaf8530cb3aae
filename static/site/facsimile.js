// A printed page in the reader's hands: enlarged and moved by mouse, keys and fingers; turned by arrow keys and by a
// swipe; titles and their places on the picture light up together. Without this file everything is still a link.
(() => {
  "use strict";
  const figure = document.querySelector(".facsimile");
  if (!figure) return;
  const sheet = figure.querySelector(".print-sheet");
  const neighbours = {
    next: document.querySelector(".beside a[rel=next]"),
    prev: document.querySelector(".beside a[rel=prev]"),
  };

  // --- titles and places -------------------------------------------------------------------------------------------

  const light = (event, on) => {
    const story = event.target.closest?.("[data-story]")?.dataset.story;
    if (!story) return;
    for (const each of document.querySelectorAll(`[data-story="${story}"]`)) each.classList.toggle("lit", on);
  };
  for (const [begin, end] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
    document.addEventListener(begin, (event) => light(event, true));
    document.addEventListener(end, (event) => light(event, false));
  }

  // --- turning pages -----------------------------------------------------------------------------------------------

  const turn = (where) => neighbours[where]?.click();

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (viewer.open || event.target.closest("input, textarea, select, summary, .page-list, .sections")) return;
    if (event.key === "ArrowRight") turn("next");
    if (event.key === "ArrowLeft") turn("prev");
  });

  let touch = null;
  const view = figure.closest(".page-view");
  view.addEventListener("touchstart", (event) => {
    const one = event.touches.length === 1 && !viewer.open && (window.visualViewport?.scale ?? 1) < 1.05;
    touch = one ? { x: event.touches[0].clientX, y: event.touches[0].clientY } : null;
  }, { passive: true });
  view.addEventListener("touchend", (event) => {
    if (!touch) return;
    const x = event.changedTouches[0].clientX - touch.x;
    const y = event.changedTouches[0].clientY - touch.y;
    touch = null;
    if (Math.abs(x) > 60 && Math.abs(x) > 2 * Math.abs(y)) turn(x < 0 ? "next" : "prev");
  }, { passive: true });
  view.addEventListener("touchcancel", () => { touch = null; }, { passive: true });

  // The next page's picture, once this page is all there; not for those who pay by the byte.
  window.addEventListener("load", () => {
    const srcset = neighbours.next?.dataset.srcset;
    if (!srcset || navigator.connection?.saveData) return;
    const picture = new Image();
    picture.sizes = sheet.querySelector(":scope > picture img").sizes;
    picture.srcset = srcset;
  });

  // --- enlarged ----------------------------------------------------------------------------------------------------

  const viewer = figure.querySelector(".viewer");
  const pane = viewer.querySelector(".viewer-pane");
  const small = sheet.querySelector(":scope > picture img");
  const ratio = small.getAttribute("height") / small.getAttribute("width");
  const widest = Math.max(...[...small.srcset.matchAll(/ (\d+)w/g)].map((found) => Number(found[1])));
  let large = null;
  let width = 0;

  const whole = () => Math.floor(Math.min(pane.clientWidth, pane.clientHeight / ratio));

  // Give the sheet this width; what lies under the point (x, y) of the pane stays there.
  const resize = (wanted, x = pane.clientWidth / 2, y = pane.clientHeight / 2) => {
    const fit = whole();
    const before = large.getBoundingClientRect();
    const frame = pane.getBoundingClientRect();
    const at = { x: (frame.left + x - before.left) / before.width, y: (frame.top + y - before.top) / before.height };
    width = Math.round(Math.min(Math.max(wanted, fit), Math.max(widest * 1.5, pane.clientWidth * 2)));
    large.style.width = `${width}px`;
    const after = large.getBoundingClientRect();
    pane.scrollLeft += after.left + at.x * after.width - (frame.left + x);
    pane.scrollTop += after.top + at.y * after.height - (frame.top + y);
    // A browser with this width to fill takes the file that fills it.
    for (const each of large.querySelectorAll("source, img")) each.sizes = `${width}px`;
    viewer.dataset.width = width;
  };

  const open = () => {
    if (!large) {
      large = sheet.cloneNode(true);
      large.querySelector(".placeholder")?.remove();
      large.querySelector("img").removeAttribute("fetchpriority");
      pane.append(large);
    }
    viewer.showModal();
    // As wide as the window: a whole page at once is a picture of a page, nothing to read.
    large.style.width = `${whole()}px`;
    resize(Math.max(whole(), Math.min(pane.clientWidth, widest)));
    pane.scrollTo(0, 0);
    pane.focus();
  };
  figure.querySelector(".enlarge").addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });

  const acts = {
    in: () => resize(width * 1.4),
    out: () => resize(width / 1.4),
    fit: () => resize(whole()),
    close: () => viewer.close(),
  };
  viewer.querySelector(".viewer-bar").addEventListener("click", (event) => {
    acts[event.target.closest("[data-do]")?.dataset.do]?.();
  });
  const keys = { "+": "in", "=": "in", "-": "out", "0": "fit" };
  const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  viewer.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (keys[event.key]) acts[keys[event.key]]();
    else if (steps[event.key]) pane.scrollBy(...steps[event.key].map((way) => way * 90));
    else return;
    event.preventDefault();
  });
  window.addEventListener("resize", () => { if (viewer.open) resize(width); });

  pane.addEventListener("wheel", (event) => {
    event.preventDefault();
    const frame = pane.getBoundingClientRect();
    // A pinch on a touchpad comes as a wheel with Ctrl and small steps.
    const speed = event.ctrlKey ? 0.01 : 0.0016;
    resize(width * Math.exp(-event.deltaY * speed), event.clientX - frame.left, event.clientY - frame.top);
  }, { passive: false });
  pane.addEventListener("dblclick", (event) => {
    const frame = pane.getBoundingClientRect();
    resize(width * 1.8, event.clientX - frame.left, event.clientY - frame.top);
  });
  pane.addEventListener("dragstart", (event) => event.preventDefault());

  // One finger or the mouse moves the page, two fingers enlarge it. A press that moved is no click on a story.
  const held = new Map();
  let moved = 0;
  const spread = () => {
    const [one, two] = [...held.values()];
    return { x: (one.x + two.x) / 2, y: (one.y + two.y) / 2, far: Math.hypot(one.x - two.x, one.y - two.y) || 1 };
  };
  pane.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && event.button !== 0) return;
    if (!held.size) moved = 0;
    held.set(event.pointerId, { x: event.clientX, y: event.clientY });
  });
  pane.addEventListener("pointermove", (event) => {
    const from = held.get(event.pointerId);
    if (!from) return;
    const before = held.size === 2 ? spread() : null;
    moved += Math.abs(event.clientX - from.x) + Math.abs(event.clientY - from.y);
    held.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (moved < 6) return;
    pane.classList.add("held");
    pane.setPointerCapture(event.pointerId);
    if (!before) {
      pane.scrollBy(from.x - event.clientX, from.y - event.clientY);
      return;
    }
    const after = spread();
    const frame = pane.getBoundingClientRect();
    pane.scrollBy(before.x - after.x, before.y - after.y);
    resize(width * (after.far / before.far), after.x - frame.left, after.y - frame.top);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    pane.addEventListener(end, (event) => {
      held.delete(event.pointerId);
      if (!held.size) pane.classList.remove("held");
    });
  }
  pane.addEventListener("click", (event) => {
    if (moved >= 6) event.preventDefault();
    moved = 0;
  }, true);
})();
