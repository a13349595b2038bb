/** Colours are names of the style sheet, so that light and dark need no second rendering. */
function colours(): object {
  const pair = (name: string) => ({
    default: `var(--card-${name})`,
    subtle: name === "default" ? "var(--card-subtle)" : `var(--card-${name})`,
  });
  return Object.fromEntries(
    ["default", "dark", "light", "accent", "good", "warning", "attention"].map((name) => [name, pair(name)]),
  );
}

function container(name: string): object {
  return {
    backgroundColor: `var(--card-${name}-back)`,
    borderColor: "var(--card-line)",
    foregroundColors: colours(),
  };
}

const SIZES = { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 };
const WEIGHTS = { lighter: 300, default: 400, bolder: 600 };

/** How Teams sets Adaptive Cards: sizes, spaces and actions as in its own host config. */
export const HOST_CONFIG = {
  supportsInteractivity: true,
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
  lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
  spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 20, padding: 16 },
  separator: { lineThickness: 1, lineColor: "var(--card-line)" },
  imageSizes: { small: 32, medium: 52, large: 100 },
  containerStyles: Object.fromEntries(
    ["default", "emphasis", "accent", "good", "warning", "attention"].map((name) => [name, container(name)]),
  ),
  inputs: {
    label: {
      inputSpacing: "Small",
      requiredInputs: {
        weight: "Bolder",
        color: "Default",
        size: "Default",
        suffix: " *",
        suffixColor: "Attention",
      },
      optionalInputs: { weight: "Bolder", color: "Default", size: "Default" },
    },
    errorMessage: { spacing: "Small", color: "Attention", size: "Small", weight: "Default" },
  },
  actions: {
    maxActions: 6,
    spacing: "Default",
    // The style sheet sets the gaps, so that a second row begins at the edge.
    buttonSpacing: 0,
    showCard: { actionMode: "Inline", inlineTopMargin: 12, style: "emphasis" },
    preExpandSingleShowCardAction: false,
    actionsOrientation: "Horizontal",
    actionAlignment: "Left",
  },
  adaptiveCard: { allowCustomStyle: false },
  factSet: {
    title: { weight: "Bolder", color: "Default", size: "Default", wrap: true, maxWidth: 120 },
    value: { weight: "Default", color: "Default", size: "Default", wrap: true },
    spacing: 12,
  },
  textStyles: {
    heading: { size: "Medium", weight: "Bolder", color: "Default", isSubtle: false },
    columnHeader: { size: "Default", weight: "Bolder", color: "Default", isSubtle: false },
  },
  textBlock: { headingLevel: 3 },
  table: { cellSpacing: 8 },
};
