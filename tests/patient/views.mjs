// Gives the view of one question, or of the list of a repeating group, for cases from stdin, one JSON a
// line: {module, cases}, where a case is {answers, key, country}; with {stages: address} the task list.
// Prints the views, one JSON a line.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const load = (name) => import(pathToFileURL(`${process.argv[2]}/${name}`));
const { evaluate, questionView, repetitionsView, stages } = await load("views.js");
const { steps } = await load("navigation.js");

for await (const line of createInterface({ input: process.stdin })) {
  const { module, cases } = JSON.parse(line);
  const { questionnaire } = await load(module);
  const views = cases.map(({ answers, key, country, stages: address }) => {
    const evaluation = evaluate(questionnaire, new Map(Object.entries(answers)));
    if (address) return stages(evaluation, address);
    const step = steps(evaluation).find((one) => one.key === key);
    if (step.kind === "repetitions") return repetitionsView(evaluation, step);
    return questionView(evaluation, step, country);
  });
  console.log(JSON.stringify(views));
}
