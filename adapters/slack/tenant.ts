import { z } from "zod";
import type { WorkspaceId } from "../../src/index.ts";

/**
 * To whom an installation belongs, as the verified request says: a team, or a whole org. Never from what a button or a form
 * carries.
 */
export interface Tenant {
  id: WorkspaceId;
  team?: string;
  enterprise?: string;
  isOrg: boolean;
}

const yes = z.union([z.literal(true), z.literal("true")]);

/** An org-wide installation belongs to the org and to no team. */
export function tenantOf(
  team: string | null | undefined,
  enterprise: string | null | undefined,
  isEnterpriseInstall: unknown,
): Tenant | undefined {
  const isOrg = yes.safeParse(isEnterpriseInstall).success;
  const id = isOrg ? enterprise : team;
  if (!id || !/^[A-Z0-9]+$/.test(id)) return undefined;
  return { id: id as WorkspaceId, isOrg, ...(team && { team }), ...(enterprise && { enterprise }) };
}
