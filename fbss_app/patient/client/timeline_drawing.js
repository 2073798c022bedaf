// Where everything on the drawing of the timeline goes, in the units of its sheet. The sheet is 320
// wide; ui/art/timeline.py draws on it.
const LEFT = 34;
const RIGHT = 301;
const TOP = 30;
const BOTTOM = 96;
const STRONGEST = 10;
const YEAR_WIDTH = 40;
const WORDS = { before: "before", best: "best", now: "now" };

const across = (position) => Math.round((LEFT + ((RIGHT - LEFT) * position) / 100) * 10) / 10;
const down = (value) => Math.round((BOTTOM - ((BOTTOM - TOP) * value) / STRONGEST) * 10) / 10;

// A year goes to the second row where it would touch the one before it.
const withRows = (operations) => {
  let lastInFirstRow = -YEAR_WIDTH;
  return operations.map((operation) => {
    const x = across(operation.position);
    const isFree = x - lastInFirstRow >= YEAR_WIDTH;
    if (isFree) lastInFirstRow = x;
    return { number: String(operation.number), year: operation.year, x, yearY: isFree ? 141 : 158 };
  });
};

// The number of a point stands above it for the stronger of the two pains, below for the other.
const pointsOf = (pain, place) => {
  const own = pain.filter((one) => one.place === place).sort((a, b) => a.position - b.position);
  return own.map(({ at, value, position }) => {
    const other = pain.find((one) => one.at === at && one.place !== place);
    const isAbove = !other || value > other.value || (value === other.value && place === "back");
    const [x, y] = [across(position), down(value)];
    return { x, y, textY: isAbove ? y - 8 : y + 19, value: String(value) };
  });
};

const lineThrough = (points) => points.map(({ x, y }) => `${x},${y}`).join(" ");

export const timelineDrawing = (timeline) => {
  const { operations, pain, sentences } = timeline ?? { operations: [], pain: [], sentences: [] };
  const back = pointsOf(pain, "back");
  const leg = pointsOf(pain, "leg");
  const moments = new Map(pain.map(({ at, position }) => [at, across(position)]));
  const rows = withRows(operations);
  const top = pain.length ? 0 : 94;
  const height = (rows.some(({ yearY }) => yearY > 141) ? 164 : rows.length ? 147 : 104) - top;
  return {
    // One mark alone is no order of time: a sentence says it better.
    isDrawn: operations.length + moments.size > 1,
    sheet: `0 ${top} 320 ${height}`,
    operations: rows,
    moments: [...moments].map(([at, x]) => ({ x, word: WORDS[at] })),
    back,
    leg,
    backLine: lineThrough(back),
    legLine: lineThrough(leg),
    sentences,
  };
};
