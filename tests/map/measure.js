/* Put into the page by a test: points at every key, measures what can be seen, and tells the frame around it. */

const problems = [];
const inside = (part, whole) => part.top >= whole.top - 1 && part.bottom <= whole.bottom + 1;
const box = element => element.getBoundingClientRect();
const shown = {top: 0, bottom: innerHeight}, header = box(document.querySelector("header"));
for (const node of nodes.filter(other => other.id.startsWith("key "))) {
  node.element.scrollIntoView({block: "end"});
  node.element.dispatchEvent(new MouseEvent("mouseenter"));
  const told = [details.querySelector("h2"), ...[...details.querySelectorAll("dd")].slice(0, 2)].map(box);
  if (!told.every(part => inside(part, shown) && part.top >= header.bottom)) problems.push(`${node.id}: told off screen`);
  if (!inside(box(node.element), shown)) problems.push(`${node.id}: off screen`);
}
const boxes = nodes.map(node => box(node.element));
boxes.forEach((one, index) => boxes.slice(index + 1).forEach(other => {
  if (one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom) problems.push("nodes overlap");
}));
if (heads.offsetHeight) [...heads.children].map(box).forEach((one, index, all) => {
  if (index && all[index - 1].right > one.left) problems.push("heads overlap");
});
if (document.documentElement.scrollWidth > innerWidth || scroller.scrollWidth > scroller.clientWidth) problems.push("too wide");
parent.postMessage(JSON.stringify({width: innerWidth, nodes: nodes.length, problems}), "*");
