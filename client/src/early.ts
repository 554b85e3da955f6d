/** Runs while the rest of the code is on its way, and asks for what the dashboard shows first. */

import { askEarly, stored } from "@/api/early";
import { ActivityPageDocument, SparklinesDocument, StatsDocument } from "@/api/gql/graphql";
import { firstPage } from "@/api/live/feed";
import { firstFigures } from "@/components/dashboard/first";
import { zoneOf } from "@/store/zone";

if (location.pathname === "/") {
  const { timeZone = "system" } = stored("user-dashboard.ui") as { timeZone?: string };
  const { stats, sparklines } = firstFigures(
    new URLSearchParams(location.search),
    zoneOf(timeZone),
  );
  askEarly(StatsDocument, stats);
  askEarly(ActivityPageDocument, firstPage(null));
  askEarly(SparklinesDocument, sparklines);
}
