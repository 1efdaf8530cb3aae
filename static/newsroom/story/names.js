/* A name for the byline: looked for while typing, chosen from a list, and where it is on no list put on it right here
 * by those who may. What is typed is sent all the same: the server looks it up. */
(function () {
  "use strict";

  const desk = window.storyDesk;
  if (!desk || !desk.rows) {
    return;
  }
  const { make, words, form } = desk;
  const set = desk.rows.setNamed("bylines");
  let made = 0;

  function paper() {
    const choice = form.elements.publication;
    return choice ? choice.value : form.dataset.paper;
  }

  async function answer(url, options) {
    const response = await fetch(url, { headers: { Accept: "application/json" }, ...options });
    if (response.redirected || !(response.headers.get("Content-Type") || "").includes("json")) {
      throw new Error(words.not_reached);
    }
    const found = await response.json();
    if (!response.ok) throw new Error(found.error);
    return found;
  }

  function dress(row) {
    const input = row.querySelector("[data-who]");
    const key = desk.rows.field(row, "reporter");
    const title = desk.rows.field(row, "title");
    const list = make("ul", { id: `story-names-${(made += 1)}`, role: "listbox", class: "story-names" });
    list.hidden = true;
    list.setAttribute("aria-label", words.names);
    input.after(list);
    Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" })
      .forEach(([name, value]) => input.setAttribute(name, value));
    let asked = 0;
    let timer = 0;

    function options() {
      return Array.from(list.querySelectorAll('[role="option"]:not([aria-disabled])'));
    }

    function close() {
      list.hidden = true;
      window.clearTimeout(timer);
      asked += 1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function mark(option) {
      options().forEach((each) => each.setAttribute("aria-selected", String(each === option)));
      if (option) {
        input.setAttribute("aria-activedescendant", option.id);
        option.scrollIntoView({ block: "nearest" });
      } else {
        input.removeAttribute("aria-activedescendant");
      }
    }

    function choose(found) {
      input.value = found.name;
      key.value = found.id;
      // What is printed before the name goes with who they are, unless somebody has written something else.
      if (["", ...Object.values(words.titles)].includes(title.value)) title.value = words.titles[found.kind] || title.value;
      complain("");
      close();
      desk.touch();
    }

    function complain(sentence) {
      row.querySelectorAll(".story-name-error").forEach((old) => old.remove());
      if (!sentence) return;
      input.before(make("ul", { class: "errorlist story-name-error", role: "alert" }, make("li", {}, sentence)));
    }

    async function create(name, kind) {
      close();
      const body = new FormData();
      Object.entries({ name, kind, paper: paper(), csrfmiddlewaretoken: desk.token() }).forEach(([part, value]) =>
        body.append(part, value),
      );
      try {
        choose(await answer(form.dataset.newName, { method: "POST", body }));
        desk.speak(desk.fill(words.name_added, { name }));
      } catch (error) {
        complain(error.message);
      }
      input.focus();
    }

    function option(text, about, act) {
      const item = make("li", { id: `${list.id}-${list.children.length}`, role: "option", "aria-selected": "false" }, text);
      if (about) item.append(" ", make("span", { class: "desk-quiet" }, about));
      // Before the box loses the focus, which would close the list.
      item.addEventListener("pointerdown", (event) => event.preventDefault());
      item.addEventListener("click", act);
      list.append(item);
    }

    function show(found, name) {
      list.replaceChildren();
      found.forEach((each) => option(each.name, each.about, () => choose(each)));
      const known = found.some((each) => each.name === name);
      if (name && !known && form.dataset.mayKeep) {
        Object.entries(words.kinds).forEach(([kind, label]) =>
          option(desk.fill(words.add_name, { name }), label, () => create(name, kind)),
        );
      } else if (name && !found.length) {
        list.append(make("li", { role: "option", "aria-disabled": "true", class: "desk-quiet" }, words.name_unknown));
      }
      list.hidden = !list.children.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      mark(null);
    }

    async function look() {
      const name = input.value.trim();
      const mine = (asked += 1);
      try {
        const query = new URLSearchParams({ term: name, paper: paper() });
        const found = await answer(`${form.dataset.names}?${query}`);
        if (mine === asked && document.activeElement === input) show(found.results, name);
      } catch {
        // Without the list what was typed is looked up when it is saved.
        close();
      }
    }

    input.addEventListener("input", () => {
      key.value = "";
      window.clearTimeout(timer);
      timer = window.setTimeout(look, 150);
    });
    input.addEventListener("focus", () => {
      if (!input.value) look();
    });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      const all = options();
      const at = all.findIndex((each) => each.getAttribute("aria-selected") === "true");
      if (event.isComposing) return;
      if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) look();
        else mark(all[(at + (event.key === "ArrowDown" ? 1 : at < 0 ? 0 : -1) + all.length) % all.length]);
      } else if (event.key === "Enter") {
        // Enter in this box never sends the story.
        event.preventDefault();
        if (!list.hidden && at >= 0) all[at].click();
        else close();
      }
    });
  }

  set.addEventListener("story:row", (event) => dress(event.target));
  desk.rows.rowsOf(set).forEach(dress);
})();
