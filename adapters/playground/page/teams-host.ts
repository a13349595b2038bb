/** Colours are names of the style sheet, so that light and dark need no second rendering. */
const COLOURS = Object.fromEntries(
  ["default", "accent", "good", "attention"].map((name) => [
    name,
    { default: `var(--card-${name})`, subtle: `var(--card-${name === "default" ? "subtle" : name})` },
  ]),
);

function container(background: string): object {
  return { backgroundColor: background, foregroundColors: COLOURS };
}

const SIZES = { small: 12, default: 14, medium: 16 };
const WEIGHTS = { default: 400, bolder: 600 };

/** How Teams sets what cards of ours have: sizes, spaces and actions as in its own host config. */
export const HOST_CONFIG = {
  fontTypes: {
    default: {
      fontFamily: '"Segoe UI", system-ui, -apple-system, sans-serif',
      fontSizes: SIZES,
      fontWeights: WEIGHTS,
    },
    monospace: {
      fontFamily: 'Consolas, "SF Mono", Menlo, monospace',
      fontSizes: SIZES,
      fontWeights: WEIGHTS,
    },
  },
  lineHeights: { small: 16, default: 20, medium: 22 },
  spacing: { small: 4, default: 8, medium: 12, large: 16, padding: 16 },
  separator: { lineThickness: 1, lineColor: "var(--card-line)" },
  containerStyles: {
    default: container("transparent"),
    emphasis: container("var(--card-emphasis-back)"),
    warning: container("var(--card-warning-back)"),
  },
  inputs: {
    label: { requiredInputs: { weight: "Bolder" }, optionalInputs: { weight: "Bolder" } },
    errorMessage: { color: "Attention", size: "Small" },
  },
  // The style sheet sets the gaps, so that a second row begins at the edge.
  actions: { maxActions: 6, buttonSpacing: 0 },
};
