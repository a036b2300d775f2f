// The timer over a list of stretches: draws what phases.js says the clock has come to.
(() => {
  const { at, cues, phases } = window.legrelief;
  const AWAY = 15;
  const LONG = 8; // enough for a word before the end

  const list = document.querySelector("[data-steps]");
  const items = [...(list.content || list).querySelectorAll("[data-hold]")];
  const begin = document.querySelector("[data-start]");
  const player = document.getElementById("player").content.firstElementChild.cloneNode(true);
  const words = player.dataset;
  const all = (name) => player.querySelectorAll(`[data-${name}]`);
  const part = (name) => all(name)[0];
  const write = (name, text) => {
    for (const one of all(name)) one.textContent = text;
  };

  const stepOf = (item) => {
    const { name, hold, repeats, rest, sides } = item.dataset;
    return { item, name, hold: +hold, repeats: +repeats, rest: +rest, sides };
  };
  let steps = items.map(stepOf);
  let plan = phases(steps);

  // The wall clock goes on while a phone sleeps; pauses and skips move `began`.
  const clock = () => Date.now() / 1000;
  let began, stopped, seen, phase, drawn, lock, timer;
  const elapsed = () => (stopped || clock()) - began;
  const seek = (seconds) => {
    began = (stopped || clock()) - seconds;
    phase = 0;
  };

  const say = (text, { step, side, start, end, ...more }) => {
    const values = {
      ...more,
      side,
      leg: words[side],
      name: steps[step]?.name,
      seconds: Math.round(end - start),
      minutes: Math.round((end - start) / 60),
      number: step + 1,
      count: steps.length,
    };
    return text.replace(/(\. )?\{(\w+)\}/g, (_, stop = "", name) =>
      values[name] ? stop + values[name] : "",
    );
  };
  const tell = (kind, text) => {
    cues.give(kind, text);
    setTimeout(write, 100, "status", text); // what comes with the dialog is not read out
  };
  const show = (name) => {
    for (const panel of all("panel")) panel.hidden = panel.dataset.panel !== name;
    words.shows = name;
    player.querySelector(`[data-panel=${name}] [autofocus]`).focus();
  };

  const drawPhase = () => {
    const { kind, step, time, of } = phase;
    const { item, name } = steps[step];
    if (item !== drawn) {
      drawn = item;
      const figure = [...item.querySelectorAll(".figure")].at(-1); // the one that is stretched
      part("figure").replaceChildren(figure?.cloneNode(true) ?? "");
      part("how").replaceChildren(item.querySelector(".how").cloneNode(true));
      write("name", name);
      write("count", say(words.count, phase));
    }
    const later = plan.slice(plan.indexOf(phase) + 1);
    const next = later.find((one) => kind !== "move" || one.kind !== kind);
    const now = say(words[kind], phase);
    const turn = of > 1 && /hold|move/.test(kind) ? say(words.time, phase) : "";
    write("now", now);
    write("time", turn);
    write("then", say(words[`${next.kind}Next`], next));
    words.phase = kind;
    // In steps, for a line that creeps draws the eye.
    part("way").setAttribute("stroke-dashoffset", 100 - (100 * phase.start) / plan.at(-1).end);
    if (kind === "hold") tell(kind, `${now}. ${turn}`);
    else if (kind !== "move" || time === 1) tell(kind, phase.start ? now : `${name}. ${now}`);
  };
  const draw = () => {
    if (!stopped && !document.hidden) {
      if (clock() - seen > AWAY) return comeBack();
      seen = clock();
    }
    const now = at(plan, elapsed());
    const changed = now.phase !== phase;
    phase = now.phase;
    if (phase.kind === "done") return document.hidden || finish();
    if (changed) drawPhase();
    const number = `${phase.kind === "move" ? phase.time : now.left}`;
    if (number !== part("number").textContent) {
      write("number", number);
      if (number === "3" && phase.end - phase.start >= LONG) tell("soon", words.soon);
    }
    player.toggleAttribute("data-halted", stopped > 0);
  };

  const letGo = () => lock?.then((one) => one?.release());
  const stayOn = async () => {
    letGo();
    lock = navigator.wakeLock?.request("screen").catch(() => {});
    part("asleep").hidden = await lock;
  };
  const halt = () => {
    stopped ||= clock();
    letGo();
  };
  const pause = () => {
    halt();
    draw();
  };
  const go = (view) => {
    if (stopped) began += clock() - stopped;
    stopped = 0;
    seen = clock();
    stayOn();
    show(view);
    draw();
  };
  const finish = () => {
    halt();
    show("done");
    tell("done", words.done);
  };
  const comeBack = () => {
    halt();
    show("away");
    const text = stopped - seen < 120 ? words.away : words.longAway;
    write("away", say(text, { start: seen, end: stopped }));
  };

  const startOf = (step) => plan.find((one) => one.step === step && one.kind !== "next").start;
  const swap = (step) => {
    steps[phase.step] = step;
    plan = phases(steps);
  };
  const easier = () => drawn.querySelector("template")?.content.firstElementChild;

  const doings = {
    end: () => player.close(),
    go: () => go("run"),
    stop: finish,
    skip() {
      seek(phase.end);
      draw();
    },
    pause() {
      if (stopped) return go(words.shows);
      pause();
      if (words.shows === "shut") cues.give("soon", part("paused").textContent);
    },
    sore() {
      pause();
      write("easier", easier()?.dataset.name);
      part("do=easier").hidden = !easier();
      part("do=shorter").hidden = steps[phase.step].hold <= part("do=shorter").value;
      show("sore");
    },
    // To get in place takes its time: this waits for a tap.
    easier() {
      const { step } = phase;
      swap(stepOf(easier()));
      seek(startOf(step));
      show("run");
      draw();
    },
    shorter({ value }) {
      const back = plan.indexOf(phase) - (phase.kind === "hold");
      swap({ ...steps[phase.step], hold: +value });
      seek(plan[back].start);
      go("run");
    },
    pass() {
      seek(plan.find((one) => one.step > phase.step).start);
      go("run");
    },
    again() {
      seek(startOf(at(plan, seen - began).phase.step));
      go("run");
    },
    shut() {
      if (cues.heard()) return go("shut");
      pause();
      show("deaf");
    },
    turnOn({ value }) {
      cues.turnOn(value);
      go("shut");
    },
    open: () => show("run"),
  };

  document.querySelector("[data-minutes]").textContent = Math.ceil(plan.at(-1).end / 60);
  for (const button of all("do=turnOn")) {
    button.hidden = !document.querySelector(`.cues [value=${button.value}]`);
  }
  document.body.append(player);
  begin.addEventListener("click", () => {
    steps = items.map(stepOf);
    plan = phases(steps);
    stopped = clock();
    seek(0);
    cues.unlock();
    player.showModal();
    go("run");
    timer = setInterval(() => stopped || draw(), 200);
  });
  player.addEventListener("click", ({ target }) => {
    const tapped = target.closest("[data-do]");
    if (tapped) doings[tapped.dataset.do](tapped);
  });
  player.addEventListener("close", () => {
    clearInterval(timer);
    halt();
    cues.hush();
    begin.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (!player.open || !/^( |Enter)$/.test(event.key) || event.target.closest("button, a")) return;
    event.preventDefault();
    if (/run|shut/.test(words.shows)) doings.pause();
  });
  // A hidden page loses its lock.
  document.addEventListener("visibilitychange", () => {
    if (stopped !== 0 || document.hidden) return;
    draw();
    if (!stopped) stayOn();
  });
})();
