/* The board of a page's make-up: a module's panel opens beside the page, modules are swapped by carrying one onto
 * another (mouse), or by choosing the other one on the page (keys, fingers), and a proof appears when it is made. Every
 * change goes through the desk's own verbs with what the person saw. Without this script the same is done with links
 * and forms, and by loading the page again.
 *
 * Styles are set through the CSSOM only: the page's policy allows no style attributes. */
(function () {
  "use strict";

  const board = document.querySelector(".makeup");
  if (!board) return;

  const words = board.dataset;
  const said = document.getElementById("makeup-said");
  const tokenField = document.querySelector("input[name=csrfmiddlewaretoken]");
  const token = tokenField ? tokenField.value : "";
  const SOON = 700;
  const SELDOM = 12000;
  let etag = "";
  let busy = Boolean(words.busy);
  let newest = Number(words.newest);
  let open = ""; // the key of the module whose panel is open
  let picking = null; // the module for which another is being chosen
  let pressed = null;
  let saving = false;
  let stopped = false;
  let swallow = false;
  let asked = 0;
  let timer = null;
  const dirty = new Set(); // panels in which something was typed and not saved
  const warned = new Set(); // of these, what somebody was told is out of date: the next press means to go over it

  board.classList.add("makeup-live");

  // --- saying ---

  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all));
  }

  function say(text, kind) {
    const list = document.createElement("ul");
    const line = document.createElement("li");
    list.className = "messagelist";
    line.className = kind;
    line.textContent = text;
    list.append(line);
    said.replaceChildren(list);
    clearTimeout(say.timer);
    if (kind !== "error") say.timer = setTimeout(() => said.replaceChildren(), 8000);
  }

  function hush() {
    said.replaceChildren();
    document.querySelectorAll(".messagelist").forEach((list) => list.remove());
  }

  // --- asking the desk ---

  async function ask(address, fields) {
    const body = new FormData();
    fields.forEach(([name, value]) => body.append(name, value));
    body.append("csrfmiddlewaretoken", token);
    const answer = await fetch(address, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      credentials: "same-origin",
    });
    if (answer.redirected) {
      stopped = true;
      throw new Error(words.gone);
    }
    const given = await answer.json();
    if (answer.ok) return given;
    const reasons = (given.reasons || []).concat(...Object.values(given.fields || {}));
    throw new Error([given.error, ...reasons].filter(Boolean).join(" "));
  }

  /* Do one thing, then show the board as the desk has it. What was refused stays in its form as it was typed. */
  async function carryOut(address, fields, done, panel) {
    if (saving) return;
    saving = true;
    hush();
    let outcome;
    try {
      const given = await ask(address, fields);
      if (panel) dirty.delete(panel);
      outcome = [done || given.done, "success"];
    } catch (problem) {
      // A browser's own "Failed to fetch" says nothing to anybody.
      const browsers = problem instanceof TypeError || problem instanceof SyntaxError;
      outcome = [browsers ? words.lost : problem.message, "error"];
      if (panel && !browsers) warned.add(panel);
    }
    say(...outcome);
    saving = false;
    etag = "";
    await refresh().catch(() => {});
    wait();
  }

  async function refresh() {
    asked += 1;
    const mine = asked;
    const answer = await fetch(words.state, {
      headers: { Accept: "application/json", ...(etag ? { "If-None-Match": etag } : {}) },
      credentials: "same-origin",
    });
    if (answer.status === 304) return;
    if (answer.redirected || answer.status === 403 || answer.status === 404) {
      stopped = true;
      say(words.gone, "error");
      return;
    }
    if (!answer.ok) throw new Error(String(answer.status));
    const state = await answer.json();
    if (mine !== asked || pressed) return;
    etag = apply(state.parts) ? answer.headers.get("ETag") || "" : "";
    if (busy && !state.busy && state.newest >= newest) {
      say(state.made === "failed" ? words.came : words.ready, state.made === "failed" ? "error" : "success");
    }
    busy = state.busy;
    newest = state.newest;
  }

  // --- putting in place what has changed ---

  function bare(element) {
    const copy = element.cloneNode(true);
    copy.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((field) => field.remove());
    copy.querySelectorAll("[class]").forEach((one) => {
      one.classList.remove("makeup-chosen", "makeup-open", "makeup-carried", "makeup-over");
      if (!one.classList.length) one.removeAttribute("class");
    });
    copy.querySelectorAll(".makeup-pick").forEach((one) => one.setAttribute("hidden", ""));
    return copy.innerHTML.replace(/\s+/g, " ");
  }

  function fromHTML(html) {
    const mould = document.createElement("template");
    mould.innerHTML = html;
    mould.content.querySelectorAll("form[method=post]").forEach((form) => {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = "csrfmiddlewaretoken";
      field.value = token;
      form.append(field);
    });
    const holder = document.createElement("div");
    holder.append(mould.content);
    return holder;
  }

  /* Returns whether everything could be put in place: what somebody is typing into waits. */
  function apply(parts) {
    let whole = true;
    Object.entries(parts).forEach(([name, html]) => {
      const old = board.querySelector(`[data-part=${name}]`);
      const fresh = fromHTML(html);
      if (bare(old) === bare(fresh)) return;
      if (name === "side" && dirty.size) {
        whole = keepTyped(old, fresh) && whole;
        return;
      }
      const focus = focusIn(old);
      const opened = old.querySelector("details[open]") !== null;
      const scrolled = old.scrollTop;
      old.replaceChildren(...fresh.childNodes);
      if (opened) old.querySelectorAll("details").forEach((one) => (one.open = true));
      old.scrollTop = scrolled;
      if (focus) focusAgain(old, focus);
    });
    dress();
    return whole;
  }

  /* Panels in which something was typed stay as they are; all around them is brought up to date. */
  function keepTyped(old, fresh) {
    dirty.forEach((key) => {
      const mine = old.querySelector(`.makeup-panel[data-key="${key}"]`);
      const theirs = fresh.querySelector(`.makeup-panel[data-key="${key}"]`);
      if (mine && theirs) {
        const active = mine.contains(document.activeElement) ? document.activeElement : null;
        const kept = theirs.querySelector("input[name=keep]");
        const shown = mine.querySelector("input[name=keep]");
        if (kept && shown) shown.value = kept.value;
        const seen = theirs.querySelector("input[name=seen]");
        if (seen && warned.delete(key)) mine.querySelector("input[name=seen]").value = seen.value;
        if (active) {
          // Moving it would take the focus away: everything else is moved around it.
          return;
        }
        theirs.replaceWith(mine);
      }
    });
    if (old.contains(document.activeElement) && document.activeElement.closest(".makeup-panel")) {
      const problems = fresh.querySelector(".makeup-problems");
      if (problems) old.querySelector(".makeup-problems").replaceWith(problems);
      return false;
    }
    old.replaceChildren(...fresh.childNodes);
    return true;
  }

  function focusIn(element) {
    const active = document.activeElement;
    if (!active || !element.contains(active)) return null;
    if (active.id) return `#${CSS.escape(active.id)}`;
    if (active.dataset.verb) return `[data-verb="${active.dataset.verb}"]`;
    if (active.dataset.key) return `${active.localName}[data-key="${active.dataset.key}"]`;
    return "a, button, summary";
  }

  function focusAgain(element, where) {
    const target = element.querySelector(where) || element.querySelector("a, button, summary");
    if (target) target.focus({ preventScroll: true });
  }

  // --- panels ---

  function modules() {
    return Array.from(board.querySelectorAll(".makeup-modules a"));
  }

  function moduleOf(key) {
    return modules().find((one) => one.dataset.key === key);
  }

  /* Classes that the script alone gives, after anything was put in place. */
  function dress() {
    board.querySelectorAll(".makeup-panel").forEach((panel) => {
      panel.classList.toggle("makeup-open", panel.dataset.key === open);
    });
    modules().forEach((one) => one.classList.toggle("makeup-chosen", one.dataset.key === open));
    board.querySelectorAll(".makeup-pick").forEach((button) => (button.hidden = false));
    board.classList.toggle("makeup-picking", picking !== null);
  }

  function show(key, focus) {
    open = key;
    dress();
    const panel = board.querySelector(".makeup-panel.makeup-open");
    if (!panel) return;
    if (focus) panel.focus({ preventScroll: true });
    panel.scrollIntoView({ block: "nearest" });
  }

  function close() {
    const was = open;
    open = "";
    dress();
    const target = moduleOf(was) || board.querySelector(`.makeup-index [data-key="${was}"]`);
    if (target) target.focus({ preventScroll: true });
  }

  // --- swapping ---

  function swap(one, other) {
    const stage = board.querySelector(".makeup-stage");
    if (!stage || one.key === other.key) return;
    const fields = [
      ["keep", stage.dataset.proof],
      ["one", one.key],
      ["other", other.key],
    ];
    busy = true;
    carryOut(words.url, fields, fill(words.swapped, { story: one.label, other: other.label }));
  }

  function pick(one) {
    picking = one;
    dress();
    say(fill(words.swapping, { story: one.label }), "info");
    const stage = board.querySelector(".makeup-stage");
    if (stage) stage.scrollIntoView({ block: "nearest" });
    const first = modules().find((module) => module.dataset.key !== one.key);
    if (first) first.focus({ preventScroll: true });
  }

  function of(element) {
    return { key: element.dataset.key, label: element.dataset.label };
  }

  board.addEventListener("click", (event) => {
    if (swallow) {
      event.preventDefault();
      return;
    }
    const button = event.target.closest(".makeup-pick");
    if (button) {
      pick(of(button));
      return;
    }
    if (event.target.closest(".makeup-close")) {
      event.preventDefault();
      close();
      return;
    }
    const module = event.target.closest(".makeup-modules a");
    if (module && picking) {
      event.preventDefault();
      const one = picking;
      picking = null;
      dress();
      swap(one, of(module));
      return;
    }
    const link = event.target.closest("a[data-key]");
    if (link) {
      event.preventDefault();
      show(link.dataset.key, true);
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (pressed) {
      release(null);
    } else if (picking) {
      const one = picking;
      picking = null;
      hush();
      show(one.key, true);
    } else if (open && !dirty.has(open)) {
      close();
    }
  });

  // --- carrying a module by mouse or pen; a finger scrolls, and chooses through the panel ---

  board.addEventListener("pointerdown", (event) => {
    const module = event.target.closest(".makeup-modules a");
    const may = board.querySelector(".makeup-swap");
    if (!module || !may || picking || saving || event.button !== 0 || event.pointerType === "touch") return;
    pressed = { module, x: event.clientX, y: event.clientY, carried: false };
  });

  board.addEventListener("dragstart", (event) => {
    if (event.target.closest && event.target.closest(".makeup-stage")) event.preventDefault();
  });

  document.addEventListener("pointermove", (event) => {
    if (!pressed) return;
    if (!pressed.carried && Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < 6) return;
    pressed.carried = true;
    board.classList.add("makeup-carrying");
    pressed.module.classList.add("makeup-carried");
    const under = document.elementFromPoint(event.clientX, event.clientY);
    const over = under && under.closest(".makeup-modules a");
    modules().forEach((one) => one.classList.toggle("makeup-over", one === over && one !== pressed.module));
  });

  function release(other) {
    const { module, carried } = pressed;
    pressed = null;
    board.classList.remove("makeup-carrying");
    modules().forEach((one) => one.classList.remove("makeup-carried", "makeup-over"));
    if (!carried) return;
    // The press that ended a carrying is no click.
    swallow = true;
    setTimeout(() => (swallow = false));
    if (other && other !== module) swap(of(module), of(other));
  }

  document.addEventListener("pointerup", (event) => {
    if (!pressed) return;
    const under = document.elementFromPoint(event.clientX, event.clientY);
    release(under && under.closest(".makeup-modules a"));
  });
  document.addEventListener("pointercancel", () => pressed && release(null));

  // --- forms, without leaving the page ---

  board.addEventListener("input", (event) => {
    const panel = event.target.closest(".makeup-panel");
    if (panel && event.target.closest(".makeup-steer")) dirty.add(panel.dataset.key);
  });

  board.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-quick]")) return;
    event.preventDefault();
    const given = new FormData(form, event.submitter);
    given.delete("csrfmiddlewaretoken");
    const panel = form.matches(".makeup-steer") ? form.closest(".makeup-panel") : null;
    carryOut(form.action, Array.from(given), "", panel ? panel.dataset.key : "");
  });

  // --- what happens meanwhile ---

  let troubled = false;

  function wait() {
    clearTimeout(timer);
    timer = setTimeout(poll, busy ? SOON : SELDOM);
  }

  function poll() {
    if (stopped) return;
    if (document.hidden || saving || pressed) {
      wait();
      return;
    }
    refresh()
      .then(
        () => {
          if (troubled) hush();
          troubled = false;
        },
        () => {
          troubled = true;
          say(words.lost, "error");
        },
      )
      .then(wait);
  }

  document.addEventListener("visibilitychange", () => !document.hidden && poll());
  window.addEventListener("hashchange", () => {
    const key = window.location.hash.replace("#module-", "");
    if (board.querySelector(`.makeup-panel[data-key="${CSS.escape(key)}"]`)) show(key, true);
  });

  const asks = window.location.hash.startsWith("#module-") ? window.location.hash.slice(8) : "";
  if (asks) show(asks, false);
  else dress();
  wait();
})();
