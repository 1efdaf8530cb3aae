/* Polygons in fractions of a page: moved, bent, with corners added and taken away. Knows no page and no person. */
(function () {
  "use strict";

  const SMALLEST = 0.012;

  function within(value) {
    return Math.min(1, Math.max(0, value));
  }

  function round(polygon) {
    return polygon.map(([x, y]) => [+within(x).toFixed(5), +within(y).toFixed(5)]);
  }

  function isRectangle(polygon) {
    const xs = new Set(polygon.map((corner) => corner[0]));
    const ys = new Set(polygon.map((corner) => corner[1]));
    return polygon.length === 4 && xs.size === 2 && ys.size === 2;
  }

  function edges(polygon) {
    const xs = polygon.map((corner) => corner[0]);
    const ys = polygon.map((corner) => corner[1]);
    return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
  }

  /* As far as the page goes, without losing its shape at the edge. */
  function moved(polygon, x, y) {
    const box = edges(polygon);
    const dx = Math.min(1 - box.right, Math.max(-box.left, x));
    const dy = Math.min(1 - box.bottom, Math.max(-box.top, y));
    return round(polygon.map((corner) => [corner[0] + dx, corner[1] + dy]));
  }

  /* A rectangle stays one: the two sides that meet in the corner go with it. */
  function bent(polygon, index, x, y) {
    const [oldX, oldY] = polygon[index];
    const rectangle = isRectangle(polygon);
    return round(
      polygon.map((corner, at) => {
        if (at === index) return [x, y];
        if (!rectangle) return corner;
        return [corner[0] === oldX ? x : corner[0], corner[1] === oldY ? y : corner[1]];
      }),
    );
  }

  function middle(polygon, index) {
    const [a, b] = [polygon[index], polygon[(index + 1) % polygon.length]];
    return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  }

  function withCorner(polygon, index, point) {
    return round([...polygon.slice(0, index + 1), point || middle(polygon, index), ...polygon.slice(index + 1)]);
  }

  function withoutCorner(polygon, index) {
    return polygon.length > 3 ? polygon.filter((corner, at) => at !== index) : polygon;
  }

  function rectangle(a, b) {
    const [left, right] = [Math.min(a[0], b[0]), Math.max(a[0], b[0])];
    const [top, bottom] = [Math.min(a[1], b[1]), Math.max(a[1], b[1])];
    return round([[left, top], [right, top], [right, bottom], [left, bottom]]);
  }

  function tooSmall(polygon) {
    const box = edges(polygon);
    return box.right - box.left < SMALLEST || box.bottom - box.top < SMALLEST;
  }

  window.pressShapes = { isRectangle, edges, moved, bent, middle, withCorner, withoutCorner, rectangle, tooSmall, round };
})();
