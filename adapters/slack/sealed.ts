import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { StoreError } from "../../src/index.ts";

/** Keeps what must not be read in a copy of the database. */
export interface Seal {
  /** @param owner whose value it is: it opens for nobody else */
  close(value: object, owner: string): string;
  /** Throws `StoreError` when it was closed with another secret, or is damaged. */
  open(sealed: string, owner: string): unknown;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM with a key derived from `secret`. */
export function createSeal(secret: string): Seal {
  const key = Buffer.from(hkdfSync("sha256", secret, "", "connector-shepherd slack installations", 32));
  return {
    close(value, owner) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(Buffer.from(owner));
      const closed = Buffer.concat([cipher.update(JSON.stringify(value), "utf8"), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), closed]).toString("base64");
    },
    open(sealed, owner) {
      const bytes = Buffer.from(sealed, "base64");
      const [nonce, tag] = [
        bytes.subarray(0, NONCE_BYTES),
        bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES),
      ];
      try {
        const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES });
        decipher.setAAD(Buffer.from(owner));
        decipher.setAuthTag(tag);
        const open =
          decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, "utf8") +
          decipher.final("utf8");
        return JSON.parse(open);
      } catch (cause) {
        throw new StoreError(
          "damaged",
          `The Slack installation of ${owner} can't be opened: put back the SLACK_STATE_SECRET it was made with, or install the app there again.`,
          { cause },
        );
      }
    },
  };
}
