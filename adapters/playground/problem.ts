/** Why something asked over HTTP is not done: a status, and one sentence for whoever asked. */
export class Problem extends Error {
  readonly status: number;
  constructor(status: number, sentence: string) {
    super(sentence);
    this.name = "Problem";
    this.status = status;
  }
}
