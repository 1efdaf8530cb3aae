/* The areas of a page's picture are drawn and bent by mouse, finger or keyboard, and saved at once. Every change names
 * the area as it was seen, so that one somebody else has changed is refused and shown as it is now. Without this script
 * the list beside the picture does the same with numbers.
 *
 * Styles are set through the CSSOM only: the page's policy allows no style attributes. */
(function () {
  "use strict";

  const room = document.querySelector("[data-editor]");
  const svg = room && room.querySelector(".press-areas");
  if (!svg) return;
  const shapes = window.pressShapes;
  const words = room.dataset;
  const [WIDTH, HEIGHT] = [parseFloat(words.width), parseFloat(words.height)];
  const NS = "http://www.w3.org/2000/svg";
  const list = room.querySelector("[data-list]");
  const stage = room.querySelector(".press-stage");
  const sheet = room.querySelector(".press-sheet");
  const said = room.querySelector(".press-said");
  const tools = room.querySelector(".press-tools");
  const token = document.querySelector("input[name=csrfmiddlewaretoken]").value;
  const STEP = 0.0025;
  const LARGE_STEP = 0.02;
  const ZOOMS = [100, 150, 200, 300, 400];
  const WAIT = 600;

  let areas = JSON.parse(document.getElementById("press-shapes").textContent);
  let selected = null; // an area's id
  let corner = null; // the index of its corner that has the keyboard
  let tool = "";
  let drawing = null; // the corners of what is being drawn
  let drag = null;
  let saving = Promise.resolve();
  const late = new Map(); // area id → timer of a change by keyboard that is not sent yet

  room.classList.add("press-live");
  tools.hidden = false;

  // --- saying ---

  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all));
  }

  function say(text, bad) {
    said.textContent = text;
    said.classList.toggle("press-bad", Boolean(bad));
  }

  function find(id) {
    return areas.find((area) => area.id === id);
  }

  // --- drawing what there is ---

  function make(name, attributes, parent) {
    const element = document.createElementNS(NS, name);
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    parent.append(element);
    return element;
  }

  function points(polygon) {
    return polygon.map(([x, y]) => `${(x * WIDTH).toFixed(1)},${(y * HEIGHT).toFixed(1)}`).join(" ");
  }

  /* Handles have the same size on the screen whatever the zoom. */
  function unit() {
    return WIDTH / (svg.getBoundingClientRect().width || WIDTH);
  }

  function render(focus) {
    svg.replaceChildren();
    areas.forEach((area, number) => {
      const chosen = area.id === selected;
      const kind = area.what.split(":")[0];
      const group = make("g", { role: "button", tabindex: 0, "data-id": area.id, "aria-pressed": chosen }, svg);
      group.setAttribute("aria-label", `${number + 1} ${area.name}`);
      const classes = ["press-area", `press-${kind}`];
      if (area.confirmed) classes.push("press-sure");
      if (chosen) classes.push("press-chosen");
      make("polygon", { points: points(area.polygon), class: classes.join(" ") }, group);
      make("title", {}, group).textContent = area.name;
    });
    const area = find(selected);
    if (area && !drawing) handles(area);
    if (drawing) make("polyline", { points: points(drawing), class: "press-drawn" }, svg);
    list.querySelectorAll("[data-area]").forEach((row) => row.classList.toggle("press-row-chosen", +row.dataset.area === selected));
    if (focus) {
      const where = corner === null ? `g[data-id="${selected}"]` : `.press-corner[data-corner="${corner}"]`;
      const target = svg.querySelector(where);
      if (target) target.focus({ preventScroll: true });
    }
  }

  function handles(area) {
    const size = unit();
    area.polygon.forEach((point, index) => {
      const [x, y] = shapes.middle(area.polygon, index);
      const between = make("g", { class: "press-between", "data-between": index }, svg);
      make("circle", { cx: x * WIDTH, cy: y * HEIGHT, r: 16 * size, class: "press-reach" }, between);
      make("circle", { cx: x * WIDTH, cy: y * HEIGHT, r: 4 * size }, between);
    });
    area.polygon.forEach(([x, y], index) => {
      const label = fill(words.corner, { n: index + 1, all: area.polygon.length });
      const handle = make("g", { class: "press-corner", "data-corner": index, tabindex: 0, role: "button", "aria-label": label }, svg);
      make("circle", { cx: x * WIDTH, cy: y * HEIGHT, r: 20 * size, class: "press-reach" }, handle);
      make("circle", { cx: x * WIDTH, cy: y * HEIGHT, r: 7 * size }, handle);
    });
  }

  /* `told`: the keyboard has come here and hears what it can do. */
  function select(id, focus, told) {
    if (id !== selected) corner = null;
    selected = id;
    render(focus);
    const row = list.querySelector(`[data-area="${id}"]`);
    if (row && list.scrollHeight > list.clientHeight) list.scrollTop = row.offsetTop - list.offsetTop - 8;
    const area = find(id);
    if (area && told) say(fill(words.picked, { name: area.name }));
  }

  // --- saving ---

  /* One after the other, so that each knows the mark the one before has left. */
  function send(url, fields, then) {
    saving = saving.then(async () => {
      const body = new FormData();
      const given = typeof fields === "function" ? fields() : fields;
      if (!given) return;
      Object.entries(given).forEach(([key, value]) => [].concat(value).forEach((each) => body.append(key, each)));
      let answer;
      try {
        answer = await fetch(url, { method: "POST", body, headers: { "X-CSRFToken": token, Accept: "application/json" } });
      } catch (error) {
        say(words.lost, true);
        return;
      }
      if (answer.redirected || !(answer.headers.get("Content-Type") || "").includes("json")) {
        say(answer.redirected ? words.gone : words.lost, true);
        return;
      }
      take(await answer.json(), answer.ok);
      if (answer.ok && then) then();
    });
    return saving;
  }

  function take(given, good) {
    if (!given.areas) {
      say(given.error || given.said || "", !good);
      return;
    }
    const inside = svg.contains(document.activeElement);
    const active = document.activeElement && list.contains(document.activeElement) ? document.activeElement.id : "";
    // What was bent since the question was sent stays as it is bent.
    const bent = new Map(areas.filter((area) => late.has(area.id)).map((area) => [area.id, area.polygon]));
    areas = given.areas.map((area) => (bent.has(area.id) ? { ...area, polygon: bent.get(area.id) } : area));
    const open = list.querySelectorAll("details[open]");
    const opened = Array.from(open, (each) => each.closest("[data-area]")?.dataset.area || "new");
    list.innerHTML = given.list;
    opened.forEach((id) => {
      const details = list.querySelector(id === "new" ? ".press-by-number" : `[data-area="${id}"] details`);
      if (details) details.open = true;
    });
    if (given.focus && good) selected = given.focus;
    if (!find(selected)) selected = null;
    say(given.said, !good);
    if (!drag) render(inside);
    if (active) document.getElementById(active)?.focus({ preventScroll: true });
  }

  function change(id, soon) {
    clearTimeout(late.get(id));
    const now = () => {
      late.delete(id);
      send(words.change, () => {
        const area = find(id);
        return area && { area: id, seen: area.mark, what: area.what, label: area.label, polygon: JSON.stringify(area.polygon) };
      });
    };
    if (soon) late.set(id, setTimeout(now, WAIT));
    else now();
  }

  function draw(polygon, what) {
    if (shapes.tooSmall(polygon)) return;
    send(words.draw, { polygon: JSON.stringify(polygon), what: what || nextStory() }, () => {
      corner = null;
      render(true);
    });
  }

  /* Whoever draws goes through the stories that have no area yet; which one it is stays theirs to say. */
  function nextStory() {
    const taken = new Set(areas.map((area) => area.what));
    const options = list.querySelectorAll("#what-new option");
    const free = Array.from(options, (option) => option.value).filter((value) => /^story:\d/.test(value) && !taken.has(value));
    return free.length === 1 ? free[0] : "story:";
  }

  function remove(id) {
    const area = find(id);
    if (!area) return;
    const kept = { polygon: area.polygon, what: area.what };
    send(words.delete, { area: id, seen: area.mark }, () => {
      say(fill(words.deleted, { name: area.name }) + " ");
      const undo = document.createElement("button");
      undo.type = "button";
      undo.className = "button desk-plain";
      undo.textContent = words.undo;
      undo.addEventListener("click", () => draw(kept.polygon, kept.what));
      said.append(undo);
    });
  }

  // --- by pointer ---

  function place(event) {
    const box = svg.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  }

  function setTool(name) {
    tool = tool === name ? "" : name;
    drawing = null;
    svg.classList.toggle("press-drawing", Boolean(tool));
    tools.querySelectorAll("[data-tool]").forEach((button) => button.setAttribute("aria-pressed", button.dataset.tool === tool));
    say(tool ? words[tool] : "");
    render();
  }

  svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    const at = place(event);
    if (tool === "polygon") return;
    if (tool === "rectangle") {
      drag = { kind: "draw", from: at };
      drawing = shapes.rectangle(at, at);
    } else {
      const handle = event.target.closest(".press-corner, .press-between");
      const group = event.target.closest("g[data-id]");
      if (handle) {
        const area = find(selected);
        let index = Number(handle.dataset.corner);
        if (handle.dataset.between !== undefined) {
          index = Number(handle.dataset.between) + 1;
          area.polygon = shapes.withCorner(area.polygon, index - 1);
        }
        corner = index;
        drag = { kind: "corner", index, id: selected, start: area.polygon };
      } else if (group) {
        const id = Number(group.dataset.id);
        say("");
        drag = { kind: "move", id };
        select(id, true);
        drag = { kind: "move", id, from: at, start: find(id).polygon };
      } else {
        select(null);
        return;
      }
    }
    event.preventDefault();
    svg.setPointerCapture(event.pointerId);
  });

  svg.addEventListener("pointermove", (event) => {
    const at = place(event);
    if (tool === "polygon" && drawing) {
      drawing = [...drawing.slice(0, -1), at];
      render();
    }
    if (!drag) return;
    const area = find(drag.id);
    if (drag.kind === "draw") drawing = shapes.rectangle(drag.from, at);
    else if (!area) return;
    else if (drag.kind === "corner") area.polygon = shapes.bent(drag.start, drag.index, at[0], at[1]);
    else area.polygon = shapes.moved(drag.start, at[0] - drag.from[0], at[1] - drag.from[1]);
    drag.went = true;
    render();
  });

  function release() {
    const done = drag;
    drag = null;
    if (!done) return;
    if (done.kind === "draw") {
      const polygon = drawing;
      setTool("");
      draw(polygon);
      return;
    }
    const area = find(done.id);
    if (area && done.went && JSON.stringify(area.polygon) !== JSON.stringify(done.start)) change(done.id);
    render(true);
  }

  svg.addEventListener("pointerup", (event) => {
    if (tool !== "polygon") {
      release();
      return;
    }
    const at = place(event);
    const near = (12 * unit()) / WIDTH;
    if (drawing && drawing.length > 3 && Math.hypot(at[0] - drawing[0][0], at[1] - drawing[0][1]) < near) finish();
    else drawing = drawing ? [...drawing.slice(0, -1), at, at] : [at, at];
    render();
  });

  svg.addEventListener("pointercancel", () => {
    const area = drag && find(drag.id);
    if (area) area.polygon = drag.start;
    drag = null;
    drawing = null;
    render();
  });

  function finish() {
    const polygon = shapes.round(drawing.slice(0, -1));
    setTool("");
    if (polygon.length > 2) draw(polygon);
  }

  tools.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.zoom) zoom(Number(button.dataset.zoom));
    // From the keyboard there is nothing to drag with: a rectangle to begin from.
    else if (event.detail === 0) draw(inView());
    else setTool(button.dataset.tool);
  });

  /* A rectangle in the middle of what can be seen. */
  function inView() {
    const [box, view] = [svg.getBoundingClientRect(), stage.getBoundingClientRect()];
    const x = (Math.max(box.left, view.left) + Math.min(box.right, view.right)) / 2;
    const y = (Math.max(box.top, view.top, 0) + Math.min(box.bottom, view.bottom, window.innerHeight)) / 2;
    const [cx, cy] = [(x - box.left) / box.width, (y - box.top) / box.height];
    return shapes.moved(shapes.rectangle([0.4, 0.4], [0.6, 0.5]), cx - 0.5, cy - 0.45);
  }

  function zoom(by) {
    const now = ZOOMS.indexOf(Number(sheet.dataset.zoom || 100));
    const next = ZOOMS[Math.min(ZOOMS.length - 1, Math.max(0, now + by))];
    const [x, y] = [stage.scrollLeft + stage.clientWidth / 2, stage.scrollTop + stage.clientHeight / 2];
    const grown = next / ZOOMS[now];
    sheet.dataset.zoom = next;
    sheet.style.width = `${next}%`;
    sheet.querySelectorAll("img, source").forEach((each) => (each.sizes = `${next}vw`));
    stage.scrollTo(x * grown - stage.clientWidth / 2, y * grown - stage.clientHeight / 2);
    render();
  }

  // --- by keyboard ---

  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  svg.addEventListener("focusin", (event) => {
    const handle = event.target.closest(".press-corner");
    const group = event.target.closest("g[data-id]");
    if (handle) corner = Number(handle.dataset.corner);
    else if (group) {
      corner = null;
      if (Number(group.dataset.id) !== selected && !drag) select(Number(group.dataset.id), true, true);
    }
  });

  svg.addEventListener("keydown", (event) => {
    const area = find(selected);
    if (!area || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = event.shiftKey ? LARGE_STEP : STEP;
    const arrow = ARROWS[event.key];
    if (arrow) {
      const [dx, dy] = [arrow[0] * step, (arrow[1] * step * WIDTH) / HEIGHT];
      const point = corner === null ? null : area.polygon[corner];
      area.polygon = point ? shapes.bent(area.polygon, corner, point[0] + dx, point[1] + dy) : shapes.moved(area.polygon, dx, dy);
    } else if ((event.key === "+" || event.key === "Insert") && corner !== null) {
      area.polygon = shapes.withCorner(area.polygon, corner);
      corner += 1;
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      if (corner === null) {
        remove(selected);
        return;
      }
      area.polygon = shapes.withoutCorner(area.polygon, corner);
      corner = Math.min(corner, area.polygon.length - 1);
    } else return;
    event.preventDefault();
    render(true);
    change(selected, true);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && (tool || drawing)) setTool("");
    else if (event.key === "Enter" && tool === "polygon" && drawing && drawing.length > 3) {
      event.preventDefault();
      finish();
    }
  });

  // --- the list beside the picture ---

  list.addEventListener("submit", (event) => {
    const form = event.target;
    event.preventDefault();
    const fields = {};
    new FormData(form, event.submitter).forEach((value, key) => {
      if (key === "csrfmiddlewaretoken") return;
      fields[key] = key in fields ? [].concat(fields[key], value) : value;
    });
    const id = Number(fields.area);
    if (form.matches("[data-delete]")) remove(id);
    else send(form.action, () => (find(id) && "seen" in fields ? { ...fields, seen: find(id).mark } : fields));
  });

  list.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-change]");
    if (form) form.requestSubmit();
  });

  list.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-area]");
    if (row && Number(row.dataset.area) !== selected) {
      selected = Number(row.dataset.area);
      corner = null;
      render();
    }
  });

  list.addEventListener("pointerover", (event) => {
    const row = event.target.closest("[data-area]");
    svg.querySelectorAll("g[data-id]").forEach((group) => group.classList.toggle("press-lit", Boolean(row) && group.dataset.id === row.dataset.area));
  });

  window.addEventListener("resize", () => render());
  window.addEventListener("beforeunload", (event) => {
    if (late.size) event.preventDefault();
  });
  render();
})();
