// The score over time, drawn from the table of its changes: it holds from one change to the next.
"use strict";

const tone = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function drawHistory(box) {
  const points = [...box.querySelectorAll("tr[data-day]")]
    .map((row) => [row.dataset.day, row.dataset.score === undefined ? null : Number(row.dataset.score)])
    .reverse();
  if (points.filter(([, score]) => score !== null).length < 2) return;
  const frame = box.querySelector(".series__chart");
  frame.hidden = false;
  box.classList.add("series--drawn");
  const label = { color: tone("--ink-400"), fontFamily: tone("--font"), hideOverlap: true };
  const line = { lineStyle: { color: tone("--line") } };
  const chart = echarts.init(frame.querySelector(".series__canvas"), null, { renderer: "canvas" });
  chart.setOption({
    animation: false,
    aria: { enabled: false },
    grid: { left: 8, right: 24, top: 16, bottom: 8, containLabel: true },
    tooltip: { trigger: "axis", renderMode: "richText", backgroundColor: tone("--surface"), borderColor: tone("--line-strong"), textStyle: { color: tone("--ink-900"), fontFamily: tone("--font") } },
    xAxis: { type: "category", data: points.map(([day]) => day), axisLabel: label, axisLine: line, axisTick: { show: false } },
    yAxis: { type: "value", scale: true, minInterval: 1, axisLabel: label, splitLine: line },
    series: [{ type: "line", step: "end", data: points.map(([, score]) => score), connectNulls: false, symbolSize: 6, itemStyle: { color: tone("--paddy") }, lineStyle: { color: tone("--paddy"), width: 2 } }],
  });
  new ResizeObserver(() => chart.resize()).observe(frame);
}

document.querySelectorAll("[data-history]").forEach(drawHistory);
