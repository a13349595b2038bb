// The package has no types of its own; this is what the benchmark uses of it.
declare module "luxon-business-days" {
  import type { DateTime as Luxon } from "luxon";

  type BusinessDateTime = Omit<Luxon, "plus" | "set" | "setZone" | "startOf"> & {
    setupBusiness(options: {
      businessDays?: number[];
      holidayMatchers?: ((day: BusinessDateTime) => boolean)[];
    }): void;
    plusBusiness(options?: { days?: number }): BusinessDateTime;
    isBusinessDay(): boolean;
    isHoliday(): boolean;
    plus(...parts: Parameters<Luxon["plus"]>): BusinessDateTime;
    set(...parts: Parameters<Luxon["set"]>): BusinessDateTime;
    setZone(...parts: Parameters<Luxon["setZone"]>): BusinessDateTime;
    startOf(...parts: Parameters<Luxon["startOf"]>): BusinessDateTime;
  };
  const business: {
    DateTime: {
      now(): BusinessDateTime;
      fromMillis(millis: number, options?: { zone: string }): BusinessDateTime;
    };
  };
  export default business;
}
