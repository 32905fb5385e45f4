"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const find = (id) => document.getElementById(id);
  const matrix = find("matrix");
  const panel = find("panel");
  const lines = [...matrix.querySelectorAll(".line")];
  const cells = lines.map((line) => [...line.querySelectorAll("td")]);
  const headers = [...matrix.querySelectorAll(".versions th")];
  const years = [...matrix.querySelectorAll(".years th[colspan]")].map((header) => ({ header, span: header.colSpan }));
  const titles = [...matrix.querySelectorAll(".case th")];
  const picked = { case: new Set(), profile: new Set(), verdict: new Set() };
  const boxes = [...document.querySelectorAll("fieldset input")];
  let shown = { rows: [], columns: [] };
  let current = [0, 0];
  let opened = null;

  const factsAt = ([row, column]) => data.facts[data.rows[row].cells[column]];
  const cellAt = ([row, column]) => cells[row][column];
  const allows = (name, value) => picked[name].size === 0 || picked[name].has(value);
  const isOn = ([row, column]) => !cells[row][column].classList.contains("off");
  const same = (one, other) => one && other && one[0] === other[0] && one[1] === other[1];

  // ---- What is shown

  function render() {
    const wanted = data.rows.map((row) => allows("case", row.case) && allows("profile", row.profile));
    const on = data.rows.map((row, r) =>
      row.cells.map((fact) => wanted[r] && allows("verdict", data.facts[fact].verdict)));
    shown.rows = on.flatMap((row, r) => (row.includes(true) ? [r] : []));
    shown.columns = data.releases.flatMap((_, c) => (on.some((row) => row[c]) ? [c] : []));
    const columns = new Set(shown.columns);
    const starts = new Set(shown.columns.filter((c, n) =>
      n === 0 || data.releases[c].minor !== data.releases[shown.columns[n - 1]].minor));
    lines.forEach((line, r) => {
      line.hidden = !shown.rows.includes(r);
      cells[r].forEach((cell, c) => {
        cell.hidden = !columns.has(c);
        cell.classList.toggle("off", !on[r][c]);
        cell.classList.toggle("first", starts.has(c));
      });
    });
    headers.forEach((header, c) => {
      header.hidden = !columns.has(c);
      header.classList.toggle("first", starts.has(c));
    });
    for (const body of matrix.tBodies) body.hidden = ![...body.querySelectorAll(".line")].some((line) => !line.hidden);
    fitHeadings(columns);
    sayCount(on);
    for (const box of boxes) box.checked = picked[box.name].has(box.value);
    if (opened && !on[opened[0]][opened[1]]) forget();
    rove(isShown(current) ? current : firstShown());
  }

  function fitHeadings(columns) {
    let start = 0;
    for (const { header, span } of years) {
      const left = [...Array(span).keys()].filter((n) => columns.has(start + n)).length;
      header.hidden = left === 0;
      header.colSpan = left || 1;
      start += span;
    }
    for (const title of titles) title.colSpan = columns.size + 1;
  }

  function sayCount(on) {
    const left = on.flat().filter(Boolean).length;
    const total = data.rows.length * data.releases.length;
    const number = (n) => n.toLocaleString("en-US");
    const all = left === total;
    find("count").textContent = all
      ? `${data.releases.length} releases, ${data.rows.length} lines: ${number(total)} verdicts`
      : `${shown.columns.length} of ${data.releases.length} releases, ${shown.rows.length} of ${data.rows.length} ` +
        `lines: ${number(left)} of ${number(total)} verdicts`;
    find("scroll").hidden = left === 0;
    find("everything").hidden = Object.values(picked).every((set) => set.size === 0);
  }

  const isShown = (place) => shown.rows.includes(place[0]) && shown.columns.includes(place[1]) && isOn(place);

  function firstShown() {
    for (const row of shown.rows) {
      const column = shown.columns.find((c) => isOn([row, c]));
      if (column !== undefined) return [row, column];
    }
    return null;
  }

  // ---- Moving about

  function rove(place) {
    for (const cell of matrix.querySelectorAll('td[tabindex="0"]')) cell.tabIndex = -1;
    if (!place) return;
    current = place;
    cellAt(place).tabIndex = 0;
  }

  function focus(place) {
    rove(place);
    cellAt(place).focus({ preventScroll: true });
    cellAt(place).scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function along(by, stop = () => true) {
    let found = null;
    for (let n = shown.columns.indexOf(current[1]) + by; n >= 0 && n < shown.columns.length; n += by) {
      const place = [current[0], shown.columns[n]];
      if (isOn(place)) {
        found = place;
        if (stop(place)) break;
      }
    }
    return found;
  }

  function across(by) {
    for (let n = shown.rows.indexOf(current[0]) + by; n >= 0 && n < shown.rows.length; n += by) {
      if (isOn([shown.rows[n], current[1]])) return [shown.rows[n], current[1]];
    }
    return null;
  }

  const otherwise = (place) => factsAt(place).verdict !== factsAt(current).verdict;
  const moves = {
    ArrowRight: () => along(1),
    ArrowLeft: () => along(-1),
    ArrowDown: () => across(1),
    ArrowUp: () => across(-1),
    Home: () => along(-1, () => false),
    End: () => along(1, () => false),
    PageDown: () => along(1, otherwise),
    PageUp: () => along(-1, otherwise),
  };

  function placeOf(target) {
    const cell = target.closest?.("#matrix .line td");
    if (!cell) return null;
    const row = lines.indexOf(cell.parentElement);
    return [row, cells[row].indexOf(cell)];
  }

  function read(place) {
    for (const header of matrix.querySelectorAll(".here")) header.classList.remove("here");
    find("readout").textContent = place ? cellAt(place).getAttribute("aria-label") : "";
    if (place) headers[place[1]].classList.add("here");
  }

  // ---- The evidence of a cell

  function make(tag, properties = {}, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  function verdictOf(verdict, kind = "verdict") {
    const shape = matrix.querySelector(`svg.${verdict}`) ?? document.querySelector(`label svg.${verdict}`);
    return make("span", { className: `${kind} ${verdict}` }, shape.cloneNode(true), data.labels[verdict]);
  }

  function show(place) {
    const [row, column] = [data.rows[place[0]], data.releases[place[1]]];
    const title = lines[place[0]].parentElement.querySelector(".case th");
    find("panel-title").textContent = `Starlette ${column.version}`;
    find("panel-body").replaceChildren(
      make("p", { className: "date" }, [column.date, ...column.marks].join(", ")),
      make("p", { className: "big" }, verdictOf(factsAt(place).verdict)),
      make("p", {}, ...[...title.querySelectorAll("b, span")].flatMap((part) => [part.cloneNode(true), " "])),
      ...section("What was run", factsAt(place).programs.flatMap(program)),
      ...section(`Installed with it (${profileOf(place)})`, [installed(factsAt(place).with)]),
      ...section(`Affected releases (${row.profile})`, (row.ranges.length ? row.ranges : ["none"]).map(paragraph)),
      ...section("Claimed", row.claims.map(claim)),
      links(title, place),
    );
  }

  const paragraph = (text) => make("p", {}, text);
  const section = (heading, content) => (content.length ? [make("h3", {}, heading), ...content] : []);

  function profileOf(place) {
    const day = factsAt(place).as_of;
    return `${data.rows[place[0]].profile}${day ? `, as of ${day}` : ""}`;
  }

  function program(seen) {
    const name = `${seen.check}${seen.tells ? "" : " (a control)"}: `;
    return [make("p", {}, name, verdictOf(seen.verdict)), make("code", {}, seen.evidence)];
  }

  function installed(pins) {
    const names = Object.keys(pins).sort();
    if (!names.length) return paragraph("nothing that the bug may depend on");
    return make("dl", {}, ...names.flatMap((name) => [make("dt", {}, name), make("dd", {}, pins[name])]));
  }

  function claim({ source, fixed, answer, why }) {
    const word = make("b", { className: `answer ${answer === "right" || answer === "wrong" ? answer : "untold"}` }, answer);
    return make("p", {}, `fixed in ${fixed}: `, word, `, ${why}`, make("small", {}, source));
  }

  function links(title, place) {
    const [issue, page] = [title.querySelector("b a").cloneNode(true), title.querySelector(".page").cloneNode(true)];
    issue.textContent = "upstream issue";
    return make("p", { className: "links" }, page, issue, make("a", { href: toHash(place) }, "link to this view"));
  }

  function open(place, { move = true, block = "nearest" } = {}) {
    forget();
    opened = place;
    rove(place);
    cellAt(place).setAttribute("aria-selected", "true");
    show(place);
    panel.hidden = false;
    panel.scrollTop = 0;
    cellAt(place).scrollIntoView({ block, inline: block });
    if (move) find("panel-title").focus({ preventScroll: true });
    keepHash();
  }

  function forget() {
    if (opened) cellAt(opened).setAttribute("aria-selected", "false");
    opened = null;
    panel.hidden = true;
  }

  function close() {
    const place = opened;
    forget();
    keepHash();
    if (place) focus(place);
  }

  // ---- The address of a view

  function toHash(place) {
    const parts = Object.entries(picked).filter(([, set]) => set.size).map(([name, set]) => `${name}=${[...set].join(",")}`);
    if (place) parts.push(`at=${data.rows[place[0]].case},${data.rows[place[0]].profile},${data.releases[place[1]].version}`);
    return `#${parts.join("&")}`;
  }

  function keepHash() {
    const hash = toHash(opened);
    history.replaceState(null, "", hash === "#" ? location.pathname + location.search : hash);
  }

  function fromHash() {
    const asked = new URLSearchParams(location.hash.slice(1));
    for (const [name, set] of Object.entries(picked)) {
      const known = new Set(boxes.filter((box) => box.name === name).map((box) => box.value));
      set.clear();
      for (const value of (asked.get(name) ?? "").split(",")) if (known.has(value)) set.add(value);
    }
    render();
    const [name, profile, version] = (asked.get("at") ?? "").split(",");
    const place = [
      data.rows.findIndex((row) => row.case === name && row.profile === profile),
      data.releases.findIndex((release) => release.version === version),
    ];
    if (place.includes(-1) || !isShown(place)) forget();
    else if (!same(place, opened)) open(place, { move: false, block: "center" });
  }

  // ---- Wiring

  document.documentElement.classList.add("script");
  matrix.setAttribute("role", "grid");
  find("scroll").removeAttribute("tabindex");
  for (const row of matrix.rows) row.setAttribute("role", "row");
  cells.forEach((row, r) => row.forEach((cell, c) => {
    cell.setAttribute("role", "gridcell");
    cell.setAttribute("aria-selected", "false");
    const { case: name, profile } = data.rows[r];
    cell.setAttribute("aria-label", `${cell.title}, #${name.split("_").pop()}, ${profile}`);
    cell.tabIndex = -1;
  }));

  for (const box of boxes) box.addEventListener("change", () => {
    picked[box.name][box.checked ? "add" : "delete"](box.value);
    render();
    keepHash();
  });
  find("everything").addEventListener("click", () => {
    for (const set of Object.values(picked)) set.clear();
    render();
    keepHash();
    boxes[0].focus();
  });
  matrix.addEventListener("click", (event) => {
    const place = placeOf(event.target);
    if (place && isOn(place)) open(place, { move: false });
    if (place && isOn(place)) cellAt(place).focus({ preventScroll: true });
  });
  matrix.addEventListener("keydown", (event) => {
    if (!placeOf(event.target) || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Enter" || event.key === " ") open(current);
    else if (moves[event.key]) {
      const place = moves[event.key]();
      if (place) focus(place);
    } else return;
    event.preventDefault();
  });
  matrix.addEventListener("focusin", (event) => read(placeOf(event.target)));
  matrix.addEventListener("mouseover", (event) => read(placeOf(event.target) ?? placeOf(document.activeElement)));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && opened) close();
  });
  find("close").addEventListener("click", close);
  addEventListener("hashchange", fromHash);
  // What people upgrade to, and from, is among the newest.
  find("scroll").scrollLeft = find("scroll").scrollWidth;
  fromHash();
})();
