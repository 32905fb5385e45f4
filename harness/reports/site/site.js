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

  // What people write around a release: I am on 0.41.3, what would 0.49.1 change?
  const filler = new Set("a am change do from have i if my on starlette the to upgrade we what would".split(" "));
  const order = ["introduced", "fixed", "affected", "still there"];

  const parse = (text) => {
    const split = text.toLowerCase().split(/[\s,?]+|\.\.|->/).filter(Boolean);
    const tokens = split.map((token) => token.replace(/^(starlette)?[=v]+(?=\d)/, ""));
    const columns = [], words = [], unknown = [];
    for (const token of tokens) {
      const column = releases.indexOf(token);
      if (column >= 0 && columns.length < 2) columns.push(column);
      else if (column < 0 && /^\d+\.\d[\w.]*$/.test(token)) unknown.push(token);
      else words.push(token);
    }
    return { columns, unknown, words: columns.length ? words.filter((word) => !filler.has(word)) : words };
  };

  const link = (text, what) => {
    const to = document.createElement("a");
    const view = new URLSearchParams(location.hash.slice(1));
    view.set("q", `${query.value.trim()} ${what}`);
    to.href = `#${view}`;
    to.textContent = text;
    return to;
  };

  // What is said of the releases; each number leads to what it counts.
  const tell = (columns, words, found) => {
    const names = columns.map((column) => releases[column]);
    const beside = ` with the dependencies of ${profile.value}`;
    const counted = (what) => found.filter((each) => each === what).length;
    if (columns.length === 1) return [`${names[0]} has ${counted("affected")} of ${rows.length}${beside}.`];
    const parts = ["introduced", "fixed", "still there"].flatMap((what) => {
      const text = `${counted(what)} ${what}`;
      return [", ", counted(what) && !words.length ? link(text, what.split(" ")[0]) : text];
    });
    return [`From ${names[0]} to ${names[1]}${beside}: `, ...parts.slice(1), "."];
  };

  const near = (version) => {
    const close = releases.filter((each) => each.startsWith(version));
    return `${version} is no release on the index${close.length ? `; there are ${close.slice(-6).join(", ")}` : ""}.`;
  };

  const update = () => {
    const { columns, words, unknown } = parse(query.value);
    const found = [];
    for (const row of rows) {
      const what = columns.length ? change(row.dataset.case, columns) : "";
      const known = `${row.dataset.words} ${what}`;
      const asked = words.every((word) => known.includes(word)) && (!columns.length || what !== "");
      row.hidden = unknown.length > 0 || !asked;
      row.style.order = columns.length ? order.indexOf(what) : "";
      const label = row.querySelector(".change");
      label.textContent = what;
      label.className = `change ${what.split(" ")[0]}`;
      if (!row.hidden) found.push(what);
    }
    const searching = Boolean(columns.length || words.length || unknown.length);
    for (const area of areas) {
      const shown = [...area.querySelectorAll(".bug:not([hidden])")];
      const all = area.querySelectorAll(".bug").length;
      area.hidden = !shown.length;
      // Where nothing changes, there is nothing to look at first.
      const changes = shown.some((row) => row.querySelector(".change").textContent !== "still there");
      area.open = searching ? changes || words.length > 0 : "open" in area.dataset;
      area.querySelector(".count").textContent = searching && shown.length < all ? `${shown.length} of ${all}` : all;
    }
    const said = unknown.length ? [near(unknown[0])] : columns.length ? tell(columns, words, found) : [];
    answer.replaceChildren(...(said.length ? said : searching ? [`${found.length} of ${rows.length} cases`] : []));
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
