import type { Citation } from "../reply.ts";

const CERTIFICATION_PAGE = {
  document: "Verified publisher certification process",
  href: "https://learn.microsoft.com/connectors/custom-connectors/submit-for-certification",
};
const GA_PAGE = {
  document: "Move your connector from preview to general availability (GA)",
  href: "https://learn.microsoft.com/connectors/custom-connectors/certification-to-ga",
};

type CertificationSection =
  | "Introduction"
  | "Certification process workflow"
  | "Set up your Partner Center Seller account"
  | "Submit your package for certification"
  | "Package your connector and plugin"
  | "Set properties"
  | "Specify availability parameters"
  | "Post-submission steps"
  | "Test your connector"
  | "Wait for deployment"
  | "Production deployment"
  | "Region deployment"
  | "Region deployment (Note)"
  | "Open-source the connector"
  | "Benefits to open-source your connector"
  | "Essential program notes"
  | "How to Open-source the connector and plugin";

type GaSection =
  | "Introduction"
  | "Benefits of moving your connector to GA"
  | "Release your connector to other clouds"
  | "Criteria for moving to GA"
  | "Required criteria"
  | "Recommended criteria"
  | "Recommended criteria (Important)"
  | "Find your connector criteria"
  | "Request the move to GA"
  | "Provide feedback";

/** A section of the certification page, as its heading is written there. */
export function citeCertification(section: CertificationSection): Citation {
  return { ...CERTIFICATION_PAGE, section };
}

/** A section of the GA page, as its heading is written there. */
export function citeGa(section: GaSection): Citation {
  return { ...GA_PAGE, section };
}
