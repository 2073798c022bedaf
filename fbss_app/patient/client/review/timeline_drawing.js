// Where everything on the drawing of the timeline goes, in the units of its sheet. The sheet is 320
// wide; ui/art/timeline.py draws on it.
const LEFT = 34;
const RIGHT = 301;
const TOP = 30;
const BOTTOM = 96;
const STRONGEST = 10;
const FIRST_YEAR = 141;
const YEAR_HEIGHT = 17;
const WORDS = { before: "before", best: "best", now: "now" };

const across = (position) => Math.round((LEFT + ((RIGHT - LEFT) * position) / 100) * 10) / 10;
const down = (value) => Math.round((BOTTOM - ((BOTTOM - TOP) * value) / STRONGEST) * 10) / 10;

const yearOf = ({ number, year, position, row }) => ({
  number: String(number),
  year,
  x: across(position),
  yearY: FIRST_YEAR + row * YEAR_HEIGHT,
});

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
  const nothing = { operations: [], pain: [], sentences: [], note: "" };
  const { operations, pain, sentences, note } = timeline ?? nothing;
  const back = pointsOf(pain, "back");
  const leg = pointsOf(pain, "leg");
  const moments = new Map(pain.map(({ at, position }) => [at, across(position)]));
  const years = operations.map(yearOf);
  const top = pain.length ? 0 : 94;
  const height = (years.length ? Math.max(...years.map(({ yearY }) => yearY)) + 6 : 104) - top;
  return {
    // One mark alone is no order of time: a sentence says it better.
    isDrawn: operations.length + moments.size > 1,
    sheet: `0 ${top} 320 ${height}`,
    operations: years,
    moments: [...moments].map(([at, x]) => ({ x, word: WORDS[at] })),
    back,
    leg,
    backLine: lineThrough(back),
    legLine: lineThrough(leg),
    sentences,
    note,
  };
};
