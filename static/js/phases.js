// A routine as phases, in seconds from its start. Pure: no page, no clock.
(() => {
  const READY = 5;
  const EASE = 3; // between holds without a rest
  const CHANGE = 6;
  const NEXT = 10; // to turn over or sit down, then READY
  const MOVE = 3; // as in doses.py

  const phases = (steps) => {
    const found = [];
    let start = 0;
    const add = (kind, seconds, step, side, time, of) => {
      const end = start + seconds;
      found.push({ kind, step, side, time, of, start, end });
      start = end;
    };
    steps.forEach(({ hold, repeats, rest, sides }, step) => {
      if (step) add("next", NEXT, step);
      for (const side of sides === "each" ? ["left", "right"] : [""]) {
        if (side === "right") add("change", CHANGE, step, side);
        else add("ready", READY, step, side);
        for (let time = 1; time <= repeats; time++) {
          if (time > 1 && rest) add("rest", rest, step, side, time, repeats);
          else if (time > 1 && hold) add("ease", EASE, step, side, time, repeats);
          add(hold ? "hold" : "move", hold || MOVE, step, side, time, repeats);
        }
      }
    });
    add("done", 0, steps.length);
    return found;
  };

  const at = (plan, elapsed) => {
    const phase = plan.find((one) => elapsed < one.end) || plan.at(-1);
    return { phase, left: Math.max(0, Math.ceil(phase.end - elapsed)) };
  };

  Object.assign(window.legrelief, { phases, at });
})();
