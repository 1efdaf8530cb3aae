/* The issue board: stories are carried by mouse, finger or keyboard and stand where they were dropped at once; what
 * others do appears by itself. Every change goes through the desk's own verbs with what the person saw, so a stale one
 * is refused and nothing is lost. Without this script the same is done with menus and choices.
 *
 * Styles are set through the CSSOM only: the page's policy allows no style attributes. */
(function () {
  "use strict";

  const board = document.querySelector(".board");
  if (!board) {
    return;
  }
  const POLL = 15000;
  const words = board.dataset;
  const said = document.getElementById("board-said");
  const heard = document.getElementById("board-heard");
  const tokenField = document.querySelector("input[name=csrfmiddlewaretoken]");
  const token = tokenField ? tokenField.value : "";
  let carry = null; // what is being moved, by whatever hand
  let saving = false;
  let etag = "";
  let last = null; // the newest happening we know of
  let asked = 0; // numbers the questions, so that an answer overtaken by a change of ours is dropped
  let loggedOut = false;

  board.classList.add("board-live");

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
    if (kind !== "error") say.timer = setTimeout(hush, 8000);
  }

  /* What was said before is over, what the page itself said included. */
  function hush() {
    said.replaceChildren();
    document.querySelectorAll(".messagelist").forEach((list) => list.remove());
  }

  // --- the board as it stands ---

  function lists() {
    return Array.from(board.querySelectorAll(".board-stories"));
  }

  function cards(list) {
    return Array.from(list.children).filter((one) => one.classList.contains("board-story"));
  }

  function columnOf(list) {
    return list.closest(".board-page");
  }

  function nameOf(list) {
    const column = columnOf(list);
    return (column ? column.dataset.name : list.dataset.name).trim();
  }

  function where(card) {
    const list = card.parentElement;
    const all = cards(list);
    return {
      story: card.dataset.headline,
      page: nameOf(list),
      n: all.indexOf(card) + 1,
      all: all.length,
    };
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
      loggedOut = true;
      throw new Error(words.gone);
    }
    const given = await answer.json();
    if (answer.ok) return given;
    const reasons = (given.reasons || []).concat(...Object.values(given.fields || {}));
    throw new Error([given.error, ...reasons].filter(Boolean).join(" "));
  }

  /* Do one thing, then show the board as the desk has it, whatever came of it. */
  async function carryOut(address, fields, done) {
    if (saving) return;
    saving = true;
    asked += 1;
    hush();
    board.classList.add("board-saving");
    let outcome;
    try {
      const given = await ask(address, fields);
      outcome = [done || given.done, "success"];
    } catch (problem) {
      // A browser's own "Failed to fetch" says nothing to anybody.
      outcome = [problem instanceof TypeError || problem instanceof SyntaxError ? words.lost : problem.message, "error"];
    }
    await refresh(true).catch(() => {});
    saving = false;
    board.classList.remove("board-saving");
    say(...outcome);
  }

  async function refresh(ours) {
    asked += 1;
    const mine = asked;
    const answer = await fetch(words.state + window.location.search, {
      headers: { Accept: "application/json", ...(etag && !ours ? { "If-None-Match": etag } : {}) },
      credentials: "same-origin",
    });
    if (answer.status === 304) return;
    if (answer.redirected || answer.status === 403 || answer.status === 404) {
      loggedOut = true;
      say(words.gone, "error");
      return;
    }
    if (!answer.ok) throw new Error(String(answer.status));
    const parts = await answer.json();
    if (mine !== asked || carry) return;
    const whole = apply(parts, ours);
    etag = whole ? answer.headers.get("ETag") || "" : "";
    if (!ours && last !== null && parts.last !== last) say(`${words.changed} ${parts.last}`, "info");
    last = parts.last;
    tick();
  }

  // --- putting in place what has changed ---

  function bare(element) {
    const copy = element.cloneNode(true);
    copy.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((field) => field.remove());
    copy.querySelectorAll("[data-until] strong").forEach((clock) => clock.replaceChildren());
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
    return mould.content;
  }

  /* Somebody is in the middle of something there: a choice, a menu, a reason half typed. */
  function inHand(element) {
    const active = document.activeElement;
    const typing = active && element.contains(active) && active.matches("input, select, textarea");
    return Boolean(typing || element.querySelector(".board-menu[open]"));
  }

  /* Where the keyboard is, in words that outlive the element. */
  function focusIn(element) {
    const active = document.activeElement;
    if (!active || !element.contains(active)) return null;
    const card = active.closest(".board-story");
    const kind = active.matches(".board-grip") ? ".board-grip" : active.dataset.verb ? `[data-verb=${active.dataset.verb}]` : "summary, a, button";
    return { story: card ? card.dataset.story : "", kind };
  }

  function focusAgain(element, focus) {
    if (!focus) return;
    const card = focus.story && board.querySelector(`.board-story[data-story="${focus.story}"]`);
    const target = (card || element).querySelector(focus.kind) || (card || element).querySelector("button, a");
    if (target) target.focus({ preventScroll: true });
  }

  /* Returns whether everything could be put in place; what is in somebody's hand waits for the next time. */
  function apply(parts, ours) {
    let whole = true;
    const focuses = [];
    function put(old, fresh, swap) {
      if (bare(old) === bare(fresh) && (!old.dataset.seen || old.dataset.seen === fresh.dataset.seen)) return;
      if (!ours && inHand(old)) {
        whole = false;
        return;
      }
      const focus = focusIn(old);
      swap();
      if (focus) focuses.push(focus);
    }
    const shown = Array.from(board.querySelectorAll(".board-page"), (column) => column.id.slice(5));
    const places = board.classList.contains("board-places");
    if (shown.join() !== parts.order.join() || places !== parts.places) {
      // Pages came, went or changed places, or the issue is in another state: that is another board.
      window.location.reload();
      return false;
    }
    Object.entries(parts.pages).forEach(([key, html]) => {
      const old = document.getElementById(`page-${key}`);
      const fresh = fromHTML(html).querySelector(".board-page");
      put(old, fresh, () => old.replaceWith(fresh));
    });
    ["head", "tray", "track"].forEach((name) => {
      const holder = board.querySelector(`[data-part=${name}]`);
      if (!holder) return;
      const fresh = document.createElement("div");
      fresh.append(fromHTML(parts[name]));
      put(holder, fresh, () => {
        const open = Array.from(holder.querySelectorAll("details"), (one) => one.open);
        holder.replaceChildren(...fresh.childNodes);
        holder.querySelectorAll("details").forEach((one, index) => {
          one.open = Boolean(open[index]);
        });
      });
    });
    focuses.forEach((focus) => focusAgain(board, focus));
    return whole;
  }

  // --- carrying ---

  function pickUp(card, by) {
    if (carry || saving) return false;
    carry = { card, by, home: card.parentElement, next: card.nextElementSibling, focusing: false };
    card.classList.add("board-carried");
    board.classList.add("board-carrying");
    board.classList.toggle("board-by-keys", by === "keys");
    hush();
    return true;
  }

  function setDown() {
    carry.card.classList.remove("board-carried");
    board.classList.remove("board-carrying", "board-by-keys");
    const done = carry;
    carry = null;
    return done;
  }

  function putBack() {
    const { card, home, next } = carry;
    carry.focusing = true;
    home.insertBefore(card, next);
    const done = setDown();
    heard.textContent = fill(words.back, { story: card.dataset.headline });
    if (done.by === "keys") gripOf(card).focus();
  }

  function drop() {
    const { card, home, next, by } = carry;
    const list = card.parentElement;
    const from = home.dataset.page;
    const to = list.dataset.page;
    const spot = where(card);
    const stays = list === home && card.nextElementSibling === next;
    setDown();
    if (by === "keys") gripOf(card).focus();
    if (stays || (!from && !to)) {
      if (!stays) home.insertBefore(card, next);
      heard.textContent = fill(words.back, spot);
      return;
    }
    const fields = [["article", card.dataset.story]];
    const column = columnOf(list);
    const old = columnOf(home);
    if (!to) {
      fields.push(["seen", old.dataset.seen]);
      carryOut(old.dataset.unplace, fields, fill(words.untaken, spot));
      return;
    }
    fields.push(["position", spot.n]);
    if (from && from !== to) {
      fields.push(["to", to], ["seen", old.dataset.seen], ["seen_there", column.dataset.seen]);
      carryOut(old.dataset.move, fields, fill(words.dropped, spot));
    } else {
      fields.push(["seen", column.dataset.seen]);
      carryOut(column.dataset.place, fields, fill(words.dropped, spot));
    }
  }

  /* Into a list at a place, where this person may put it: a story stands on a page once. */
  function putIn(list, before) {
    const { card } = carry;
    const twin = cards(list).some((one) => one !== card && one.dataset.story === card.dataset.story);
    if (twin || before === card || (card.parentElement === list && card.nextElementSibling === before)) return;
    list.insertBefore(card, before);
  }

  function gripOf(card) {
    return card.querySelector(".board-grip");
  }

  // --- by keyboard ---

  function step(key) {
    const { card } = carry;
    const list = card.parentElement;
    const all = lists();
    carry.focusing = true;
    if (key === "ArrowUp" && card.previousElementSibling) putIn(list, card.previousElementSibling);
    else if (key === "ArrowDown" && card.nextElementSibling) putIn(list, card.nextElementSibling.nextElementSibling);
    else if (key === "ArrowLeft" || key === "ArrowRight") {
      const way = key === "ArrowLeft" ? -1 : 1;
      const place = cards(list).indexOf(card);
      // Over a page on which the story stands already one goes on to the next.
      for (let at = all.indexOf(list) + way; at >= 0 && at < all.length; at += way) {
        putIn(all[at], cards(all[at])[place] || null);
        if (card.parentElement !== list) break;
      }
    }
    gripOf(card).focus();
    carry.focusing = false;
    card.scrollIntoView({ block: "nearest", inline: "nearest" });
    heard.textContent = fill(words.carried, where(card));
  }

  board.addEventListener("click", (event) => {
    const grip = event.target.closest(".board-grip");
    if (!grip) return;
    const card = grip.closest(".board-story");
    if (carry && carry.card === card) {
      drop();
    } else if (!carry && pickUp(card, "keys")) {
      heard.textContent = fill(words.picked, where(card));
      grip.focus();
    }
  });

  board.addEventListener("keydown", (event) => {
    if (!carry || carry.by !== "keys" || !event.target.closest(".board-grip")) return;
    if (event.key.startsWith("Arrow")) {
      event.preventDefault();
      step(event.key);
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (carry) {
      event.preventDefault();
      if (carry.by === "keys") putBack();
      else pointerEnd(false);
    } else {
      closeMenus(null);
    }
  });

  board.addEventListener("focusout", () => {
    if (carry && carry.by === "keys" && !carry.focusing) {
      // Where the focus went is known only afterwards; moving the card takes it away and gives it back.
      setTimeout(() => {
        if (carry && carry.by === "keys" && document.activeElement !== gripOf(carry.card)) putBack();
      });
    }
  });

  // --- by mouse, pen or finger ---

  let pressed = null;
  let ghost = null;
  let swallow = false;
  let point = { x: 0, y: 0 };

  board.addEventListener("pointerdown", (event) => {
    const card = event.target.closest(".board-story");
    const grip = event.target.closest(".board-grip");
    if (!card || !gripOf(card) || event.button !== 0 || carry || saving) return;
    // A finger scrolls the page, so it carries only by the grip; a mouse carries by the whole card.
    if (!grip && (event.pointerType !== "mouse" || event.target.closest("button, summary, input, select, details"))) return;
    pressed = { card, id: event.pointerId, x: event.clientX, y: event.clientY };
  });

  board.addEventListener("dragstart", (event) => {
    if (event.target.closest && event.target.closest(".board-story")) event.preventDefault();
  });

  document.addEventListener("pointermove", (event) => {
    if (!pressed || event.pointerId !== pressed.id) return;
    point = { x: event.clientX, y: event.clientY };
    if (!ghost) {
      if (Math.hypot(point.x - pressed.x, point.y - pressed.y) < 6) return;
      if (!pickUp(pressed.card, "pointer")) {
        pressed = null;
        return;
      }
      lift();
    }
    event.preventDefault();
    follow();
  });

  function lift() {
    const box = pressed.card.getBoundingClientRect();
    ghost = pressed.card.cloneNode(true);
    ghost.classList.add("board-ghost");
    ghost.setAttribute("aria-hidden", "true");
    ghost.removeAttribute("data-story");
    ghost.style.width = `${box.width}px`;
    pressed.dx = pressed.x - box.left;
    pressed.dy = pressed.y - box.top;
    board.append(ghost);
    closeMenus(null);
    requestAnimationFrame(scrollAtEdges);
  }

  function follow() {
    ghost.style.transform = `translate(${point.x - pressed.dx}px, ${point.y - pressed.dy}px)`;
    const under = document.elementFromPoint(point.x, point.y);
    const place = under && under.closest(".board-page, .board-side");
    board.querySelectorAll(".board-over").forEach((one) => one.classList.toggle("board-over", one === place));
    if (!place) return;
    place.classList.add("board-over");
    const list = place.querySelector(".board-stories");
    const others = cards(list).filter((one) => one !== carry.card);
    const before = others.find((one) => {
      const box = one.getBoundingClientRect();
      return point.y < box.top + box.height / 2;
    });
    putIn(list, before || null);
  }

  function scrollAtEdges() {
    if (!ghost) return;
    const edge = 70;
    const tray = board.querySelector(".board-side");
    const box = tray && tray.getBoundingClientRect();
    const inTray = box && tray.scrollHeight > tray.clientHeight && point.x > box.left && point.x < box.right;
    const way = point.y < edge ? -1 : point.y > window.innerHeight - edge ? 1 : 0;
    if (way) {
      (inTray ? tray : window).scrollBy(0, way * 12);
      follow();
    }
    requestAnimationFrame(scrollAtEdges);
  }

  function pointerEnd(keep) {
    if (ghost) {
      ghost.remove();
      ghost = null;
      board.querySelectorAll(".board-over").forEach((one) => one.classList.remove("board-over"));
      // The press that ended a carrying is no click, neither on the grip nor on the story's link.
      swallow = true;
      setTimeout(() => {
        swallow = false;
      });
      if (keep) drop();
      else putBack();
    }
    pressed = null;
  }

  document.addEventListener("pointerup", (event) => {
    if (pressed && event.pointerId === pressed.id) pointerEnd(true);
  });
  document.addEventListener("pointercancel", (event) => {
    if (pressed && event.pointerId === pressed.id) pointerEnd(false);
  });
  document.addEventListener(
    "click",
    (event) => {
      if (!swallow) return;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );

  // --- menus, choices, buttons: the same forms, without leaving the page ---

  function closeMenus(but) {
    board.querySelectorAll(".board-menu[open]").forEach((menu) => {
      if (menu !== but) {
        const inside = menu.contains(document.activeElement);
        menu.open = false;
        if (inside && !but) menu.querySelector("summary").focus();
      }
    });
  }

  document.addEventListener("click", (event) => {
    const menu = event.target.closest ? event.target.closest(".board-menu") : null;
    closeMenus(menu);
    if (menu) hush();
  });

  board.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-quick]")) return;
    event.preventDefault();
    const given = new FormData(form, event.submitter);
    given.delete("csrfmiddlewaretoken");
    const menu = form.closest(".board-menu");
    if (menu) menu.open = false;
    carryOut(form.action, Array.from(given));
  });

  const find = board.querySelector(".board-find");
  if (find) {
    let timer = null;
    const narrow = () => {
      const wanted = new URLSearchParams(new FormData(find));
      Array.from(wanted).forEach(([name, value]) => value || wanted.delete(name));
      const query = wanted.toString();
      window.history.replaceState(null, "", window.location.pathname + (query ? `?${query}` : "") + window.location.hash);
      if (!saving && !carry) refresh(true).catch(() => say(words.lost, "error"));
    };
    find.addEventListener("submit", (event) => {
      event.preventDefault();
      narrow();
    });
    find.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(narrow, 250);
    });
  }

  // --- the clock ---

  const ahead = Date.parse(words.now) - Date.now();
  let due = false;

  function tick() {
    const count = board.querySelector("[data-until]");
    if (!count) {
      due = false;
      return;
    }
    const left = Math.ceil((Date.parse(count.dataset.until) - Date.now() - ahead) / 1000);
    const clock = count.querySelector("strong");
    if (left <= 0) {
      clock.textContent = words.out;
      if (!due) {
        due = true;
        poll();
      }
      return;
    }
    const two = (number) => String(number).padStart(2, "0");
    const days = Math.floor(left / 86400);
    const text = [Math.floor(left / 3600) % 24, Math.floor(left / 60) % 60, left % 60].map(two).join(":");
    clock.textContent = (days ? `${fill(words.days, { n: days })} ` : "") + text;
  }

  // --- what others do ---

  let troubled = false;

  function poll() {
    if (document.hidden || carry || saving || loggedOut) return;
    refresh(false).then(
      () => {
        if (troubled) hush();
        troubled = false;
      },
      () => {
        troubled = true;
        say(words.lost, "error");
      },
    );
  }

  document.addEventListener("visibilitychange", poll);
  setInterval(poll, POLL);
  setInterval(tick, 1000);
  tick();
  poll();
})();
