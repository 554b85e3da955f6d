import { choiceParam, flagParam } from "@/hooks/useUrlState";

/** What a profile's address says beside whose it is. */
export const profileParams = {
  tab: choiceParam(["overview", "activity", "sessions"], "overview"),
  edit: flagParam(),
};
