"use strict";
(() => {
  const { releases, bugs } = JSON.parse(document.getElementById("data").textContent);
  const query = document.getElementById("query");
  const profile = document.getElementById("profile");
  const answer = document.getElementById("answer");
  const rows = [...document.querySelectorAll(".bug")];
  const areas = [...document.querySelectorAll(".area")];

  const ranges = (name) => {
    const known = bugs[name];
    return known[profile.value] ?? known.today ?? known.period ?? [];
  };
  const has = (name, column) => ranges(name).some(([first, last]) => first <= column && column <= last);

  // What becomes of a bug on the way from one release to another; on one release alone, whether it is there.
  const change = (name, columns) => {
    const [before, after] = columns.map((column) => has(name, column));
    if (columns.length === 1) return before ? "affected" : "";
    if (before && after) return "still there";
    return before ? "fixed" : after ? "introduced" : "";
  };

  const parse = (text) => {
    const tokens = text.toLowerCase().split(/[\s,]+|\.\.|->/).filter(Boolean);
    const columns = [], words = [];
    for (const token of tokens) {
      const column = releases.indexOf(token);
      if (column < 0 || columns.length === 2) words.push(token);
      else columns.push(column);
    }
    return { columns, words };
  };

  const tell = (columns, found) => {
    const names = columns.map((column) => releases[column]);
    const count = (what) => found.filter((each) => each === what).length;
    if (columns.length === 1) return `${names[0]} has ${count("affected")} of ${rows.length} with the dependencies of ${profile.value}.`;
    return `From ${names[0]} to ${names[1]}, ${profile.value}: ${count("introduced")} introduced, ${count("fixed")} fixed, ${count("still there")} still there.`;
  };

  const update = () => {
    const { columns, words } = parse(query.value);
    const found = [];
    for (const row of rows) {
      const what = columns.length ? change(row.dataset.case, columns) : "";
      const shown = words.every((word) => row.dataset.words.includes(word)) && (!columns.length || what !== "");
      row.hidden = !shown;
      const label = row.querySelector(".change");
      label.textContent = what;
      label.className = `change ${what.split(" ")[0]}`;
      if (shown) found.push(what);
    }
    const searching = Boolean(columns.length || words.length);
    for (const area of areas) {
      const some = area.querySelector(".bug:not([hidden])") !== null;
      area.hidden = !some;
      area.open = searching ? some : "open" in area.dataset;
    }
    answer.textContent = columns.length ? tell(columns, found) : searching ? `${found.length} of ${rows.length} cases` : "";
    const view = new URLSearchParams();
    if (query.value) view.set("q", query.value);
    if (profile.value !== "today") view.set("profile", profile.value);
    const hash = view.toString();
    history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
  };

  const restore = () => {
    const view = new URLSearchParams(location.hash.slice(1));
    query.value = view.get("q") ?? "";
    if ([...profile.options].some((option) => option.value === view.get("profile"))) profile.value = view.get("profile");
    update();
  };

  query.form.addEventListener("submit", (event) => event.preventDefault());
  query.addEventListener("input", update);
  profile.addEventListener("change", update);
  window.addEventListener("hashchange", restore);
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== query) {
      event.preventDefault();
      query.focus();
    } else if (event.key === "Escape" && document.activeElement === query) {
      query.value = "";
      update();
    }
  });
  restore();
})();
