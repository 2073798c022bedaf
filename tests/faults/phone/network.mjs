// The way between the pages of a device and the server. Every request is really sent over HTTP, but
// when it arrives, whether it does, how often, and what comes back is up to the schedule.
import http from "node:http";

const QUICK = [20, 120];
const BROKEN = 50;

// One process that can be killed. Requests go to it one at a time, so that a run can be repeated.
export class Server {
  constructor(port) {
    this.port = port;
    this.agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  }

  exchange(method, path, headers = {}, body = undefined) {
    return new Promise((resolve, reject) => {
      const options = { host: "127.0.0.1", port: this.port, method, path, headers, agent: this.agent };
      const request = http.request(options, (reply) => {
        const chunks = [];
        reply.on("data", (chunk) => chunks.push(chunk));
        reply.on("error", reject);
        reply.on("end", () => {
          const text = Buffer.concat(chunks).toString();
          resolve({ status: reply.statusCode, headers: reply.headers, text });
        });
      });
      request.on("error", reject);
      request.end(body);
    });
  }

  // The process is gone; the one that takes its place needs a moment.
  async untilUp() {
    this.agent.destroy();
    this.agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    for (let tries = 0; tries < 3000; tries += 1) {
      try {
        if ((await this.exchange("GET", "/healthz")).status === 200) return;
      } catch {
        // Not there yet.
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error("the server did not come back");
  }

  // The request that ends the process.
  async kill(moment, ...request) {
    const [method, path, headers, body] = request;
    const found = await this.exchange(method, path, { ...headers, "X-Fault": moment }, body).then(
      ({ status }) => `it answered ${status}`,
      () => null,
    );
    if (found) throw new Error(`the server was to be killed, but ${found}`);
    await this.untilUp();
  }

  database(state) {
    return this.exchange("POST", `/faults/database/${state}`);
  }
}

const failure = () => new TypeError("Failed to fetch");

const replyOf = ({ status, headers, text }, parse) => ({
  ok: status >= 200 && status < 300,
  status,
  headers: new Headers(Object.entries(headers).map(([name, value]) => [name, String(value)])),
  text: async () => text,
  json: async () => parse(text),
  blob: async () => new Blob([text]),
});

export class Network {
  constructor(simulation, server, count) {
    Object.assign(this, { simulation, server, count });
    this.underWay = 0;
    this.refusing = 0;
    this.delivered = 0;
    this.calls = new Set();
  }

  // Whether nothing is on its way and no open page waits for an answer.
  get isQuiet() {
    for (const call of this.calls) if (call.isOver || call.page.isGone) this.calls.delete(call);
    return !this.underWay && !this.calls.size;
  }

  fetch(page, address, options = {}) {
    const { signal } = options;
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const call = {
        page,
        request: [
          options.method ?? "GET",
          new URL(address, "http://phone.example").pathname,
          { ...options.headers },
          options.body,
        ],
        keepalive: Boolean(options.keepalive),
        parse: page.parse,
        isOver: false,
      };
      const end = (settleIt) => (value) => {
        if (call.isOver || page.isGone) return;
        call.isOver = true;
        settleIt(value);
      };
      call.answer = end(resolve);
      call.fail = end(reject);
      signal?.addEventListener("abort", () => {
        if (!call.isOver) this.count("gave up waiting");
        call.fail(signal.reason);
      });
      this.calls.add(call);
      return this.send(call);
    });
  }

  later(delay, work) {
    this.underWay += 1;
    this.simulation.after(delay, async () => {
      this.underWay -= 1;
      await work();
    });
  }

  // A silent failure is one that only the phone's own patience ends.
  breakOff(call, fault = {}) {
    if (!fault.silent) this.later(BROKEN, () => call.fail(failure()));
  }

  send(call) {
    const { device } = call.page;
    if (!device.isOnline) return this.breakOff(call);
    if (device.isMute) return this.count("sent into a dead network");
    const fault = device.faults.shift() ?? {};
    if (fault.kind) this.count(fault.kind);
    if (fault.kind === "lost request") return this.breakOff(call, fault);
    const out = fault.kind === "late request" ? fault.delay : this.simulation.between(...QUICK);
    const isKill = fault.kind?.startsWith("killed");
    if (fault.kind === "duplicated request")
      this.later(out + fault.delay, () => this.exchange(call));
    return this.later(out, () => (isKill ? this.kill(call, fault) : this.deliver(call, fault)));
  }

  async kill(call, fault) {
    if (this.isLostWithPage(call)) return;
    this.delivered += 1;
    await this.server.kill(fault.moment, ...call.request);
    this.refusing = fault.down;
    call.fail(failure());
  }

  // A page that goes takes requests along, unless they were to outlive it.
  isLostWithPage(call) {
    const isLost = call.page.isGone && !call.keepalive && this.simulation.random() < 0.5;
    if (isLost) this.count("request lost with its page");
    return isLost;
  }

  exchange(call) {
    this.delivered += 1;
    return this.server.exchange(...call.request);
  }

  async deliver(call, fault) {
    if (this.isLostWithPage(call)) return;
    if (this.refusing > 0) {
      this.refusing -= 1;
      this.count("server down");
      call.fail(failure());
      return;
    }
    if (fault.moment) call.request[2]["X-Fault"] = fault.moment;
    const reply = await this.exchange(call);
    if (reply.status >= 500) this.count("refused by a database in trouble");
    else if (reply.status >= 400 && !fault.moment) this.count(`refused with ${reply.status}`);
    if (fault.kind === "lost reply") return this.breakOff(call, fault);
    const back = fault.kind === "late reply" ? fault.delay : this.simulation.between(...QUICK);
    this.later(back, () => {
      if (!call.page.device.isOnline || call.page.device.isMute) return call.fail(failure());
      return call.answer(replyOf(reply, call.parse));
    });
  }
}
