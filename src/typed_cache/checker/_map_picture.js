/* This is how the page draws. In the wide picture each subject (a key, or a function on its side) is one node; in
   the narrow one a function is a node below each of its keys. */

const GAP = 8, BETWEEN_KEYS = 22, CLIENT = 40, NARROW = 520, MANY = 8;
let nodes = [], edges = [];

function svg(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// Nodes

function addNode(id, element, x, width) {
  const node = {id, element, x, width, left: [], right: []};
  element.style.left = `${x}px`;
  element.style.width = `${width}px`;
  element.classList.toggle("odd", notesOf.has(id));
  for (const event of ["mouseenter", "focus"]) element.addEventListener(event, () => focus(id));
  for (const event of ["mouseleave", "blur"]) element.addEventListener(event, () => focus(pinned));
  element.addEventListener("click", event => { event.stopPropagation(); pin(pinned === id ? null : id); });
  map.append(element);
  nodes.push(node);
  return node;
}

function keyNode(key, number, x, width) {
  const element = make("button", {className: "node key", type: "button"},
    make("b", {}, ...template(key.template)), make("small", {textContent: key.expiry}));
  element.title = `${key.template}\n${key.expiry}\nclient: ${clientShown(key.client)}`;
  return addNode(`key ${number}`, element, x, width);
}

function functionNode(touch, x, width) {
  const parts = touch.function.split(".");
  const start = parts.findIndex(part => /^[A-Z]/.test(part));
  const cut = start > 0 ? start : parts.length - 1;
  const element = make("button", {className: "node", type: "button"},
    make("b", {}, ...breakable(parts.slice(cut).join("."))),
    make("small", {textContent: parts.slice(0, cut).join(".") || touch.path}));
  element.title = `${touch.function}\n${touch.path}:${touch.line}`;
  element.dataset.function = touch.function;
  return addNode(functionId(sideOf(touch), touch), element, x, width);
}

function put(node, y) {
  node.y = y;
  node.element.style.top = `${y}px`;
}

// Layouts: both make the nodes first and measure them in one go, then say where they stand

function draw() {
  map.replaceChildren();
  heads.replaceChildren();
  nodes = []; edges = [];
  const shown = facts.keys.map((key, number) => [key, number]).filter(([key, number]) => matches(key, number));
  const room = scroller.clientWidth - 2 * parseFloat(getComputedStyle(scroller).paddingLeft);
  const layout = room < NARROW ? below(room) : beside(room, shown);
  map.style.width = heads.style.width = `${layout.width}px`;
  heads.hidden = room < NARROW || !shown.length;
  const blocks = shown.map(([key, number]) => layout.block(key, number));
  for (const node of nodes) node.height = node.element.offsetHeight;
  let y = room < NARROW ? 12 : 0, client;
  for (const block of blocks) {
    if (block.key.client !== client) {
      client = block.key.client;
      const title = make("div", {className: "client", textContent: client ? `client ${client}` : client === "" ? "the only client" : "client not named in the source"});
      title.style.top = `${y}px`;
      map.append(title);
      y += CLIENT;
    }
    y = layout.place(block, y) + BETWEEN_KEYS;
  }
  map.style.height = `${y}px`;
  const pills = new Map(blocks.map(block => [block.number, block.pill]));
  for (const {key, number, pill} of blocks) {
    for (const other of key.meets) if (other > number && pills.has(other)) edges.push({from: pill, to: pills.get(other), role: "meets"});
  }
  drawEdges(layout);
  tell(shown);
  if (pinned && !nodes.some(node => node.id === pinned)) pinned = null;
  focus(pinned);
}

/** Functions left and right, keys between them; a function stands beside the middle one of its keys. */
function beside(room, shown) {
  const width = Math.min(room, 1440), gap = Math.min(Math.max(width * .08, 40), 150);
  const middle = Math.floor((width - 2 * gap) * .38), side = Math.floor((width - 2 * gap - middle) / 2);
  const xs = {left: 0, key: Math.floor((width - middle) / 2), right: width - side};
  for (const [x, size, text] of [[xs.left, side, "read and write"], [xs.key, middle, "keys"], [xs.right, side, "invalidate"]]) {
    const head = make("div", {textContent: text});
    head.style.cssText = `left:${x}px;width:${size}px`;
    heads.append(head);
  }
  const homes = homesOf(shown), placed = new Map();
  return {
    width, curve,
    arc: (one, other) => arc(one, other, gap * .6),
    block(key, number) {
      const pill = keyNode(key, number, xs.key, middle), own = {left: [], right: []};
      for (const touch of key.touches) {
        const where = sideOf(touch), id = functionId(where, touch);
        if (!placed.has(id)) placed.set(id, functionNode(touch, xs[where], side));
        const node = placed.get(id);
        if (homes.get(id) === number && !own[where].includes(node)) own[where].push(node);
        connect(node, pill, touch);
      }
      return {key, number, pill, own};
    },
    place({pill, own}, y) {
      const stacks = [own.left, [pill], own.right];
      const heights = stacks.map(stack => stack.reduce((sum, node) => sum + node.height + GAP, -GAP));
      const height = Math.max(...heights);
      stacks.forEach((stack, index) => {
        let top = y + (height - heights[index]) / 2;
        for (const node of stack) { put(node, top); top += node.height + GAP; }
      });
      return y + height;
    },
  };
}

function homesOf(shown) {
  const keys = new Map();
  for (const [key, number] of shown) {
    for (const id of new Set(key.touches.map(touch => functionId(sideOf(touch), touch)))) keys.set(id, [...(keys.get(id) ?? []), number]);
  }
  return new Map([...keys].map(([id, numbers]) => [id, numbers[(numbers.length - 1) >> 1]]));
}

/** Each key above its functions, for narrow screens. */
function below(room) {
  const rail = 34, arcs = 14, width = room - arcs;
  return {
    width: room,
    curve: (from, to) => `M16 ${to.y + to.height} V${from.y + from.height / 2} H${from.x}`,
    arc: (one, other) => arc(one, other, arcs),
    block(key, number) {
      const pill = keyNode(key, number, 0, width), fresh = new Map();
      for (const touch of key.touches) {
        const id = functionId(sideOf(touch), touch);
        if (!fresh.has(id)) fresh.set(id, functionNode(touch, rail, width - rail));
        connect(fresh.get(id), pill, touch);
      }
      return {key, number, pill, fresh: [...fresh.values()]};
    },
    place({pill, fresh}, y) {
      for (const node of [pill, ...fresh]) { put(node, y); y += node.height + GAP; }
      return y - GAP;
    },
  };
}

// Edges

function connect(from, to, touch) {
  const known = edges.some(edge => edge.from === from && edge.to === to && edge.role === touch.role && edge.handle === touch.by_handle);
  if (!known) edges.push({from, to, role: touch.role, handle: touch.by_handle});
}

function drawEdges(layout) {
  const layer = svg("svg", {id: "edges", height: 1}), markers = svg("defs", {});
  for (const role of ["reads", "writes", "invalidates"]) {
    markers.append(svg("marker", {id: `head-${role}`, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, markerUnits: "userSpaceOnUse", orient: "auto-start-reverse"},
      svg("path", {d: "M0 0 8 4 0 8z", style: `fill:var(--${role})`})));
  }
  layer.append(markers);
  spread();
  for (const edge of layout.curve === curve ? edges : [...edges].reverse()) {
    const shape = edge.role === "meets" ? layout.arc(edge.from, edge.to) : layout.curve(edge.from, edge.to, edge);
    const many = edge.role !== "meets" && edge.from.left.length + edge.from.right.length > MANY;
    edge.path = svg("path", {d: shape, class: edge.role + (edge.handle ? " handle" : "") + (many ? " many" : "")});
    // In the narrow picture all lines end at the function, so that is where all their heads are.
    if (edge.role === "reads") edge.path.setAttribute(layout.curve === curve ? "marker-start" : "marker-end", "url(#head-reads)");
    else if (edge.role !== "meets") edge.path.setAttribute("marker-end", `url(#head-${edge.role})`);
    layer.append(edge.path);
  }
  map.prepend(layer);
}

/** Let the edges at one side of a node end a little apart, in the order of where they come from. */
function spread() {
  for (const edge of edges) {
    if (edge.role === "meets") continue;
    const onLeft = edge.from.x < edge.to.x;
    edge.from[onLeft ? "right" : "left"].push(edge);
    edge.to[onLeft ? "left" : "right"].push(edge);
  }
  for (const node of nodes) {
    for (const ends of [node.left, node.right]) {
      const far = edge => edge.from === node ? edge.to : edge.from;
      const apart = Math.min(9, (node.height - 22) / Math.max(ends.length - 1, 1));
      ends.sort((one, other) => far(one).y - far(other).y).forEach((edge, index) => {
        edge[edge.from === node ? "start" : "end"] = (index - (ends.length - 1) / 2) * apart;
      });
    }
  }
}

function curve(from, to, {start, end}) {
  const onLeft = from.x < to.x;
  const x1 = onLeft ? from.x + from.width : from.x, x2 = onLeft ? to.x : to.x + to.width;
  const y1 = from.y + from.height / 2 + start, y2 = to.y + to.height / 2 + end, middle = (x1 + x2) / 2;
  return `M${x1} ${y1} C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`;
}

/** From one key to another that can be the same: straight down to the next one, else around those between. */
function arc(one, other, room) {
  const x = one.x + one.width / 2, y1 = one.y + one.height;
  if (other.y - y1 <= 1.5 * BETWEEN_KEYS) return `M${x} ${y1} L${x} ${other.y}`;
  const right = one.x + one.width, bulge = right + room * 4 / 3;
  return `M${right} ${y1 - one.height / 2} C${bulge} ${y1} ${bulge} ${other.y} ${right} ${other.y + other.height / 2}`;
}
