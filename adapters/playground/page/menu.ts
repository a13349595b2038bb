import { find } from "./dom.ts";

/** On a narrow page the buttons of the bar are in a menu, which closes after a press in it and with Escape. */
export function openMenu(): void {
  const menu = find("menu", HTMLButtonElement);
  const controls = find("controls", HTMLElement);

  function close(): void {
    if (menu.ariaExpanded !== "true") return;
    menu.ariaExpanded = "false";
    menu.focus();
  }

  menu.addEventListener("click", () => {
    menu.ariaExpanded = String(menu.ariaExpanded !== "true");
  });
  // Before the pressed button does its work: a dialog gives the focus back to where it was.
  controls.addEventListener(
    "click",
    ({ target }) => {
      if (target instanceof HTMLButtonElement) close();
    },
    { capture: true },
  );
  for (const element of [menu, controls]) {
    element.addEventListener("keydown", ({ key }) => {
      if (key === "Escape") close();
    });
  }
}
