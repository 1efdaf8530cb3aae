/* The story as readers will see it, beside the text while it is written: as a phone shows it and as a page. The server
 * makes the page of what stands in the form, saved or not. It is shown in a frame that may run nothing, has no address
 * and goes nowhere; links open in a tab of their own. */
(function () {
  "use strict";

  const pane = document.getElementById("story-preview");
  if (!pane) {
    return;
  }
  const desk = window.storyDesk;
  const frame = pane.querySelector("iframe");
  const said = pane.querySelector("[role=status]");
  const columns = document.getElementById("content");
  const PAGE_WIDTH = 1040;
  let asked = 0;
  let timer = 0;

  function fit() {
    const wide = pane.dataset.width === "page";
    const room = frame.parentElement.getBoundingClientRect();
    const scale = wide ? Math.min(1, room.width / PAGE_WIDTH) : 1;
    frame.style.width = wide ? `${room.width / scale}px` : "";
    frame.style.height = `${room.height / scale}px`;
    frame.style.transform = scale < 1 ? `scale(${scale})` : "";
  }

  function request() {
    if (!desk) return fetch(pane.dataset.saved, { headers: { Accept: "text/html" } });
    desk.gather();
    const body = new FormData(desk.form);
    body.delete("photo_files");
    return fetch(pane.dataset.preview, { method: "POST", body, headers: { Accept: "text/html" } });
  }

  async function refresh() {
    timer = 0;
    if (pane.hidden) return;
    const mine = (asked += 1);
    try {
      const response = await request();
      const text = await response.text();
      if (mine !== asked) return;
      if (response.redirected || !response.ok) throw new Error();
      const old = frame.contentWindow;
      const at = old ? old.scrollY : 0;
      frame.addEventListener("load", () => frame.contentWindow.scrollTo(0, at), { once: true });
      frame.srcdoc = text.replace("<head>", '<head><base target="_blank">');
      said.textContent = "";
    } catch {
      if (mine === asked) said.textContent = pane.dataset.failed;
    }
  }

  function soon() {
    if (pane.hidden) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(refresh, 700);
  }

  function show(width) {
    pane.dataset.width = width;
    pane.querySelectorAll("[data-show]").forEach((button) => {
      button.setAttribute("aria-pressed", String(button.dataset.show === width));
    });
    columns.dataset.preview = width;
    fit();
  }

  function open(opener) {
    pane.hidden = false;
    document.documentElement.classList.add("story-previewing");
    show(pane.dataset.width || "phone");
    refresh();
    pane.opener = opener;
    pane.querySelector("[data-show]").focus();
  }

  function close() {
    pane.hidden = true;
    delete columns.dataset.preview;
    document.documentElement.classList.remove("story-previewing");
    pane.opener?.focus();
  }

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-preview-opener]");
    if (!opener || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (pane.hidden) open(opener);
    else close();
  });
  pane.querySelectorAll("[data-show]").forEach((button) => {
    button.addEventListener("click", () => show(button.dataset.show));
  });
  pane.querySelector("[data-close]").addEventListener("click", close);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !pane.hidden && pane.contains(document.activeElement)) close();
  });
  new ResizeObserver(fit).observe(frame.parentElement);
  if (desk) {
    desk.onTouch(soon);
    desk.onSaved.push(soon);
  }
})();
