// Gives the names of steps in the address for cases from stdin, one JSON a line: {module, cases}, where
// a case is {answers, addresses}. Prints the key and address of each step, and the key at each address.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const load = (name) => import(pathToFileURL(`${process.argv[2]}/${name}`));
const { addressOf, stepNamed } = await load("rules/address.js");
const { evaluate } = await load("rules/views.js");
const { steps } = await load("rules/navigation.js");

for await (const line of createInterface({ input: process.stdin })) {
  const { module, cases } = JSON.parse(line);
  const { questionnaire } = await load(module);
  const found = cases.map(({ answers, addresses }) => {
    const evaluation = evaluate(questionnaire, new Map(Object.entries(answers)));
    return {
      named: steps(evaluation).map((step) => [step.key, addressOf(evaluation, step)]),
      keys: addresses.map((address) => stepNamed(evaluation, address)?.key ?? null),
    };
  });
  console.log(JSON.stringify(found));
}
