// A chart beside each monthly table, drawn from the table's own cells. Missing months are gaps.
"use strict";

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function months(first, last) {
  const all = [];
  let [year, month] = first.split("-").map(Number);
  for (let at = first; at <= last; at = `${year}-${String(month).padStart(2, "0")}`) {
    all.push(at);
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
  }
  return all;
}

function readTable(table) {
  const heads = [...table.tHead.rows[0].cells];
  const rows = [...table.tBodies[0].rows];
  const columns = heads.flatMap((head, index) => {
    if (!head.classList.contains("number")) return [];
    const unit = head.querySelector(".unit")?.textContent ?? "";
    const name = head.firstChild.textContent.trim();
    const values = new Map(rows.map((row) => [row.dataset.month, row.cells[index].dataset.value]));
    return [{ name, unit, values }];
  });
  const at = rows.map((row) => row.dataset.month).sort();
  return { columns, months: months(at[0], at[at.length - 1]) };
}

function option(column, axis) {
  const label = { color: colour("--ink-400"), fontFamily: colour("--font") };
  const line = { lineStyle: { color: colour("--line") } };
  return {
    animation: false,
    aria: { enabled: false },
    grid: { left: 8, right: 16, top: 32, bottom: 8, containLabel: true },
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
      backgroundColor: colour("--surface"),
      borderColor: colour("--line-strong"),
      textStyle: { color: colour("--ink-900"), fontFamily: colour("--font") },
      valueFormatter: (value) => (value === null ? "—" : `${value.toLocaleString("zh-CN")} ${column.unit}`),
    },
    xAxis: { type: "category", data: axis, axisLabel: label, axisLine: line, axisTick: { show: false }, boundaryGap: false },
    yAxis: { type: "value", name: column.unit, nameTextStyle: { ...label, align: "left" }, axisLabel: label, splitLine: line },
    series: [{
      type: "line",
      name: column.name,
      data: axis.map((month) => {
        const value = column.values.get(month);
        return value === undefined ? null : Number(value);
      }),
      connectNulls: false,
      showSymbol: axis.length <= 36,
      symbolSize: 5,
      itemStyle: { color: colour("--paddy") },
      lineStyle: { color: colour("--paddy"), width: 2 },
      areaStyle: { color: colour("--paddy-tint"), opacity: 0.6 },
    }],
  };
}

function draw(box) {
  const { columns, months: axis } = readTable(box.querySelector("table"));
  if (!columns.length) return;
  const frame = box.querySelector(".series__chart");
  const pick = frame.querySelector("select");
  frame.hidden = false;
  box.classList.add("series--drawn");
  pick.append(...columns.map((column, index) => new Option(column.name, String(index))));
  pick.parentElement.hidden = columns.length < 2;
  const chart = echarts.init(frame.querySelector(".series__canvas"), null, { renderer: "canvas" });
  const show = () => chart.setOption(option(columns[Number(pick.value) || 0], axis), true);
  pick.addEventListener("change", show);
  show();
  new ResizeObserver(() => chart.resize()).observe(frame);
  box.dataset.drawn = "";
}

function drawAll() {
  for (const box of document.querySelectorAll("[data-series]:not([data-drawn])")) {
    if (box.offsetParent !== null) draw(box);
  }
}

drawAll();
document.addEventListener("htmx:afterSettle", drawAll);
document.addEventListener("sections:shown", drawAll);
