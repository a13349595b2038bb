/** The elements of Adaptive Cards 1.5 that are made here, and no others. */
export interface AdaptiveCard {
  type: "AdaptiveCard";
  $schema: string;
  version: "1.5";
  fallbackText: string;
  body: Element[];
  actions?: Action[];
  msteams?: { width: "Full" };
}

export type Element = (
  | RichTextBlock
  | Container
  | ColumnSet
  | Table
  | Image
  | ActionSet
  | TextInput
  | DateInput
  | TimeInput
  | ChoiceInput
) & { spacing?: Spacing; separator?: true };

type Spacing = "None" | "Small" | "Medium" | "Large";
export type Color = "Good" | "Accent" | "Attention";
type ContainerStyle = "emphasis" | "warning";

/** Text that is shown as it is written, unlike that of a TextBlock, a Fact or an error message, which is Markdown. */
export interface RichTextBlock {
  type: "RichTextBlock";
  inlines: TextRun[];
}

export interface TextRun extends TextStyle {
  type: "TextRun";
  text: string;
  selectAction?: OpenUrl;
}

export interface TextStyle {
  size?: "Small" | "Medium";
  weight?: "Bolder";
  color?: Color;
  isSubtle?: true;
  fontType?: "Monospace";
}

interface Container {
  type: "Container";
  style?: ContainerStyle;
  items: Element[];
}

interface ColumnSet {
  type: "ColumnSet";
  columns: { type: "Column"; width: string; spacing?: Spacing; items: Element[] }[];
}

/** Its first row is its header: so it is without `firstRowAsHeaders`, a word that renderers spell in two ways. */
interface Table {
  type: "Table";
  columns: { width: number }[];
  rows: TableRow[];
  showGridLines: false;
}

export interface TableRow {
  type: "TableRow";
  cells: { type: "TableCell"; items: Element[] }[];
}

/** `allowExpand` is Teams' own: a press shows the picture large. */
interface Image {
  type: "Image";
  url: string;
  altText: string;
  size: "Stretch";
  msteams: { allowExpand: true };
}

interface ActionSet {
  type: "ActionSet";
  actions: Action[];
}

interface InputParts {
  id: string;
  label: string;
  isRequired?: true;
  errorMessage?: string;
  value?: string;
}

interface TextInput extends InputParts {
  type: "Input.Text";
  placeholder?: string;
  isMultiline?: true;
}

interface DateInput extends InputParts {
  type: "Input.Date";
}

interface TimeInput extends InputParts {
  type: "Input.Time";
}

export interface ChoiceInput extends InputParts {
  type: "Input.ChoiceSet";
  style: "compact";
  choices: { title: string; value: string }[];
  placeholder?: string;
}

export type Action = Execute | OpenUrl;
type ActionStyle = "positive" | "destructive";

interface Sent {
  title: string;
  style?: ActionStyle;
  /** "none": it can be pressed while a form beside it is half filled in. */
  associatedInputs?: "auto" | "none";
  data: SentData;
}

/** The core's own, which comes back with the press. */
export interface SentData {
  fields: Record<string, string>;
  /** Ids of the inputs that are sent with it. */
  inputs?: string[];
}

export interface Execute extends Sent {
  type: "Action.Execute";
  verb: string;
  /** For clients without Action.Execute: the same, with the verb among the data. */
  fallback: Sent & { type: "Action.Submit"; data: SentData & { verb: string } };
}

interface OpenUrl {
  type: "Action.OpenUrl";
  title: string;
  url: string;
  style?: ActionStyle;
}
