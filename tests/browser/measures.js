() => {
  const every = (root, found = []) => {
    for (const element of root.querySelectorAll("*")) {
      found.push(element);
      if (element.shadowRoot) every(element.shadowRoot, found);
    }
    return found;
  };
  const rgba = (color) => {
    const canvas = rgba.context ??= document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, under) => [...[0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3])), 1];
  const parent = (node) => node.parentElement ?? node.getRootNode().host ?? null;
  const behind = (element) => {
    const layers = [];
    for (let at = element; at; at = parent(at)) {
      const color = rgba(getComputedStyle(at).backgroundColor);
      layers.push(color);
      if (color[3] === 1) break;
    }
    return layers.reduceRight((under, color) => over(color, under), rgba("Canvas"));
  };
  const light = ([r, g, b]) => [r, g, b].map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ratio = (one, other) => {
    const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
    return Math.round(((high + 0.05) / (low + 0.05)) * 100) / 100;
  };
  const seen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !element.closest(".unseen, [data-unseen], .skip");
  const name = (element) => `${element.localName}.${element.className?.baseVal ?? element.className} "${(element.textContent || element.value || "").trim().slice(0, 40)}"`;

  const texts = [], edges = [], targets = [];
  for (const element of every(document).filter(seen)) {
    const style = getComputedStyle(element);
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (own) {
      const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
      const back = behind(element);
      texts.push({ what: name(element), ratio: ratio(over(rgba(style.color), back), back), wanted: large ? 3 : 4.5 });
    }
    const inWidget = element.getRootNode() !== document;
    if (inWidget && element.matches("button, a.button, a.urgent, textarea") && style.borderTopWidth !== "0px" && rgba(style.borderTopColor)[3] === 1 && !element.matches(".launcher")) {
      edges.push({ what: name(element), ratio: Math.max(ratio(rgba(style.borderTopColor), behind(parent(element))), ratio(behind(element), behind(parent(element)))), wanted: 3 });
    }
    if (inWidget && element.matches("button, a, textarea")) {
      const { width, height } = element.getBoundingClientRect();
      targets.push({ what: name(element), width, height });
    }
  }
  return { texts, edges, targets, sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    inside: every(document).filter((element) => element.matches(".panel, .scroll") && seen(element) && element.scrollWidth > element.clientWidth).map(name) };
}
