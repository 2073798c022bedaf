// Runs schedules from stdin, one JSON a line: {seed, steps}. Prints what came of each, one JSON a line.
//
// node run.mjs FOLDER PORT BATCH [CHANGE], with the folder that holds the phone's modules, how many
// answers go into a call, and what to change in a module: [module, text, its replacement] as JSON.
import { createInterface } from "node:readline";
import { Sources } from "./modules.mjs";
import { Server } from "./network.mjs";
import { World } from "./world.mjs";

const [folder, port, batch, change] = process.argv.slice(2);
const changes = [["saving/outbox.js", "const BATCH = 100;", `const BATCH = ${batch};`]];
if (change) changes.push(JSON.parse(change));
const sources = new Sources(folder, changes);
const server = new Server(Number(port));
const repeats = new Map();
let world = null;

const complain = (error) => {
  if (!world) throw error;
  world.complain(error);
};
process.on("unhandledRejection", complain);
process.on("uncaughtException", complain);

await server.untilUp();
for await (const line of createInterface({ input: process.stdin })) {
  const { seed, steps } = JSON.parse(line);
  const repeat = repeats.get(seed) ?? 0;
  repeats.set(seed, repeat + 1);
  world = new World({ seed, repeat, server, sources });
  try {
    console.log(JSON.stringify(await world.run(steps)));
  } catch (error) {
    console.log(JSON.stringify({ broken: String(error.stack) }));
  }
}
