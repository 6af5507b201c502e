// Turns the drawn map into one to move around, when it comes into view. The drawing stays when anything fails.
"use strict";
(() => {
  const numbers = (text) => text.split(" ").map(Number);

  const load = (tag, attributes) =>
    new Promise((done, failed) => {
      const element = Object.assign(document.createElement(tag), attributes);
      element.onload = done;
      element.onerror = failed;
      document.head.append(element);
    });

  let library;
  const leaflet = ({ script, style }) =>
    (library ??= Promise.all([load("link", { rel: "stylesheet", href: style }), load("script", { src: script })]));

  // The outlines of the drawing, from its own grid to the whole of the municipality.
  const ground = (figure) => {
    const copy = figure.querySelector(".samenspel-map__ground").cloneNode(true);
    copy.setAttribute("viewBox", copy.dataset.grid);
    copy.setAttribute("preserveAspectRatio", "none");
    copy.setAttribute("aria-hidden", "true");
    return copy;
  };

  const marker = ({ at, name, label, href }) => {
    const icon = L.divIcon({ className: "samenspel-map__pin", html: "<span></span>", iconSize: [44, 44] });
    const made = L.marker(numbers(at), { icon, title: name, alt: name, riseOnHover: true });
    made.on("add", () => {
      const element = made.getElement();
      element.firstChild.textContent = label;
      element.setAttribute("aria-label", name);
      element.setAttribute("role", "link");
    });
    return made.on("click keypress", ({ type, originalEvent }) => {
      if (type === "click" || originalEvent.key === "Enter") go(href);
    });
  };

  // To the entry in the list, with the focus on its name; another page by its address.
  const go = (href) => {
    if (!href.startsWith("#")) return location.assign(href);
    const entry = document.getElementById(href.slice(1));
    entry.querySelector("a, button").focus({ preventScroll: true });
    entry.scrollIntoView({ block: "center" });
  };

  const show = (figure) => {
    const drawing = figure.querySelector(".samenspel-map__drawing");
    const canvas = document.createElement("div");
    canvas.className = "samenspel-map__canvas";
    canvas.setAttribute("role", "region");
    canvas.setAttribute("aria-label", figure.dataset.label);
    drawing.after(canvas);
    drawing.remove();

    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const [south, west, north, east] = numbers(figure.dataset.corners);
    const all = L.latLngBounds([south, west], [north, east]);
    const map = L.map(canvas, {
      attributionControl: Boolean(figure.dataset.tiles), zoomControl: false, scrollWheelZoom: false, minZoom: 9,
      maxZoom: 18, zoomSnap: 0.5, maxBounds: all.pad(0.3), zoomAnimation: !still, fadeAnimation: !still, inertia: !still,
    });
    if (figure.dataset.tiles) {
      L.tileLayer(figure.dataset.tiles, { attribution: figure.dataset.tilesBy, maxZoom: 19 }).addTo(map);
    }
    const markers = [...drawing.querySelectorAll("[data-at]")].map(({ dataset }) => marker(dataset));
    const spots = markers.map((one) => one.getLatLng());
    if (figure.dataset.home) spots.push(L.latLng(numbers(figure.dataset.home)));
    map.fitBounds(L.latLngBounds(spots), {
      paddingTopLeft: [64, 32], paddingBottomRight: [32, 32], maxZoom: 15, animate: false,
    });
    L.svgOverlay(ground(drawing), all, { className: "samenspel-map__overlay" }).addTo(map);
    for (const { dataset, textContent } of drawing.querySelectorAll("[data-place]")) {
      const icon = L.divIcon({ className: "samenspel-map__label", html: "<span></span>", iconSize: [0, 0] });
      const name = L.marker(numbers(dataset.place), { icon, keyboard: false, interactive: false, zIndexOffset: -1000 });
      name.addTo(map).getElement().firstChild.textContent = textContent;
    }
    L.control.zoom({ zoomInTitle: figure.dataset.in, zoomOutTitle: figure.dataset.out }).addTo(map);
    L.control.scale({ imperial: false }).addTo(map);
    if (figure.dataset.home) {
      const icon = L.divIcon({ className: "samenspel-map__here", iconSize: [18, 18] });
      L.marker(numbers(figure.dataset.home), { icon, keyboard: false, interactive: false }).addTo(map);
    }
    // The first of the list first for the keyboard.
    markers.reverse().forEach((one, number) => one.setZIndexOffset(-10 * number).addTo(map));
  };

  const seen = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      leaflet(target.dataset).then(() => show(target), () => {});
    }
  }, { rootMargin: "200px" });
  for (const figure of document.querySelectorAll("[data-map]")) seen.observe(figure);
})();
