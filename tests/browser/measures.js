// What a browser can measure of the page that it shows. Each measure returns what is wrong.
(() => {
  const TARGETS = "a[href], button, input:not([type=hidden]), select, summary, textarea, [tabindex='0']";
  const PRIMARY =
    ".button, .bar, .tall, summary, select, .option, :is(a, button).chip, .dock a, #menu a, #themes label, .positions label, .muscles label, .cramp-bar label, .cues label";

  const shown = (element) => element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
  const parents = function* (element) {
    for (let one = element; one; one = one.parentElement) yield one;
  };
  const onlyHeard = (element) => [...parents(element)].some((one) => getComputedStyle(one).clipPath === "inset(50%)");
  const scope = () => document.querySelector("dialog:modal") || document.body;
  const name = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 110);
  const all = (selector) =>
    [...scope().querySelectorAll(selector)].filter((element) => shown(element) && !onlyHeard(element));

  // Every line of text that can be seen, with the layer that it lies on.
  const lines = () => {
    const walker = document.createTreeWalker(scope(), NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!node.data.trim() || parent.closest("svg, script, option") || !shown(parent) || onlyHeard(parent)) continue;
      const layer = [...parents(parent)].find((one) => /fixed|sticky/.test(getComputedStyle(one).position));
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const { x, y, width, height } of range.getClientRects()) {
        const box = new DOMRect(x, y + 0.15 * height, width, 0.7 * height); // the letters, without their leading
        if (box.width > 1 && box.height > 1) found.push({ node, parent, layer, box, text: node.data.trim().slice(0, 40) });
      }
    }
    return found;
  };

  const texts = () => lines().map(({ text }) => text);

  // WCAG 1.4.10: no scrolling in two directions; a region may scroll by itself if one can reach it.
  const sideways = () => {
    const page = document.documentElement;
    const found = page.scrollWidth > innerWidth ? ["the page scrolls sideways"] : [];
    const within = all("*").filter(
      (element) => element.scrollWidth > element.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(element).overflowX),
    );
    const reached = ({ tabIndex, role, ariaLabel, ariaLabelledByElements }) =>
      tabIndex === 0 && role === "region" && (ariaLabel || ariaLabelledByElements?.length);
    return [...found, ...within.filter((element) => !reached(element)).map((one) => `scrolls sideways: ${name(one)}`)];
  };

  // WCAG 1.4.4, 1.4.12: no line of text is cut off by the screen or by a box around it.
  const cut = () =>
    lines().flatMap(({ parent, box, text }) => {
      if (box.left < -1 || box.right > innerWidth + 1) return [`beyond the screen: ${text}`];
      for (const around of parents(parent)) {
        const { overflowX, overflowY } = getComputedStyle(around);
        if (overflowX === "visible" || around === document.documentElement) continue;
        const edge = around.getBoundingClientRect();
        const x = box.left < edge.left - 1 || box.right > edge.right + 1;
        const y = box.top < edge.top - 3 || box.bottom > edge.bottom + 3;
        if ((x && /hidden|clip/.test(overflowX)) || (y && /hidden|clip/.test(overflowY))) return [`cut off: ${text}`];
      }
      return [];
    });

  // No line of text lies on another of the same layer.
  const overlaps = () => {
    const found = [];
    const sorted = lines().sort((one, other) => one.box.top - other.box.top);
    sorted.forEach((one, at) => {
      for (const other of sorted.slice(at + 1)) {
        if (other.box.top > one.box.bottom) break;
        if (other.node === one.node || other.layer !== one.layer) continue;
        const width = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const height = one.box.bottom - other.box.top;
        if (width > 2 && height > 0.4 * Math.min(one.box.height, other.box.height)) {
          found.push(`“${one.text}” lies on “${other.text}”`);
        }
      }
    });
    return found;
  };

  // What a finger can hit: a label with its input, a card with the link that covers it.
  const reach = (element) => {
    const cover = getComputedStyle(element, "::after");
    if (cover.content !== "none" && cover.position === "absolute") return element.offsetParent.getBoundingClientRect();
    return (element.closest("label") || element).getBoundingClientRect();
  };
  const inText = (element) => {
    if (getComputedStyle(element).display !== "inline") return false;
    const block = [...parents(element.parentElement)].find((one) => getComputedStyle(one).display !== "inline");
    return block.textContent.trim().length > element.textContent.trim().length;
  };

  // WCAG 2.5.8: 24 by 24 pixels, or as much room around; links in a sentence are exempt.
  const small = () => {
    const targets = all(TARGETS).map((element) => ({ element, box: reach(element) }));
    const tight = ({ box }) => Math.min(box.width, box.height) < 24;
    const middle = ({ box }) => [box.left + box.width / 2, box.top + box.height / 2];
    const near = (one, other) => {
      const [x, y] = middle(one);
      if (tight(other)) return Math.hypot(x - middle(other)[0], y - middle(other)[1]) < 24;
      const { left, right, top, bottom } = other.box;
      return Math.hypot(x - Math.min(Math.max(x, left), right), y - Math.min(Math.max(y, top), bottom)) < 12;
    };
    return targets
      .filter((one) => tight(one) && !inText(one.element))
      .filter((one) => targets.some((other) => other.element !== one.element && near(one, other)))
      .map(({ element, box }) => `${Math.round(box.width)} by ${Math.round(box.height)}: ${name(element)}`);
  };

  // Our own: what one presses most is 44 by 44 pixels.
  const smallControls = () =>
    all(PRIMARY)
      .map((element) => ({ element, box: reach(element) }))
      .filter(({ box }) => Math.min(box.width, box.height) < 44)
      .map(({ element, box }) => `${Math.round(box.width)} by ${Math.round(box.height)}: ${name(element)}`);

  // In forced colors surfaces look alike, so whatever is a thing of its own has an edge.
  const edges = () =>
    all(".button, .option, .cramp-bar label, .card, .care, .short, .alert, select, textarea, [popover]")
      .filter((element) => {
        const { borderTopStyle, borderTopWidth } = getComputedStyle(element);
        return borderTopStyle === "none" || parseFloat(borderTopWidth) < 1;
      })
      .map((element) => `no edge: ${name(element)}`);

  // WCAG 2.3.3: nothing moves or fades for one who asked for less motion.
  const moving = () => {
    const seconds = (times) => Math.max(...times.split(",").map(parseFloat));
    const smooth = getComputedStyle(document.documentElement).scrollBehavior !== "auto";
    const found = smooth ? ["scrolls smoothly"] : [];
    for (const element of document.querySelectorAll("*")) {
      for (const part of ["", "::before", "::after"]) {
        const look = getComputedStyle(element, part);
        const animated = look.animationName !== "none" && seconds(look.animationDuration) > 0.01;
        if (animated || seconds(look.transitionDuration) > 0.01) found.push(`moves: ${part} ${name(element)}`);
      }
    }
    return found;
  };

  // WCAG 2.4.7 and 2.4.11: what has the focus has an outline, and nothing lies on any of it.
  const focus = () => {
    const element = document.activeElement;
    if (element.tabIndex < 0) return []; // the page, or a heading that a script moved to
    const outlined = [element, element.closest("label")].find((one) => {
      const look = one && getComputedStyle(one);
      return look && look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2;
    });
    if (!outlined) return [`no outline: ${name(element)}`];
    const hit = (x, y) => {
      const top = document.elementFromPoint(x, y);
      return top && (outlined.contains(top) || top.contains(outlined) || top.control === element);
    };
    const hidden = [...outlined.getClientRects()].some(({ left, right, top, bottom }) => {
      const x = (left + right) / 2;
      const y = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2;
      if (bottom - top > innerHeight / 4) return !hit(x, Math.max(top, 0) + 2); // as far as it fits
      return ![[x, top + 2], [x, bottom - 2], [left + 2, y], [right - 2, y]].every(([x, y]) => hit(x, y));
    });
    return hidden ? [`hidden: ${name(element)}`] : [];
  };

  // Where the focus is on the page, unless it is on a layer that does not scroll with it.
  const place = () => {
    const element = document.activeElement;
    const layer = [...parents(element)].some((one) => /fixed|sticky/.test(getComputedStyle(one).position));
    if (element === document.body || layer) return null;
    const { left, right, top, bottom } = reach(element);
    return { left, right, top: top + scrollY, bottom: bottom + scrollY, name: name(element) };
  };

  window.measures = { texts, sideways, cut, overlaps, small, smallControls, edges, moving, focus, place };
})();
