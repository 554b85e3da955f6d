import { ChartLine, RotateCcw, Table2, X, ZoomIn, ZoomOut } from "lucide-react";
import { IconButton } from "@/components/common/IconButton";
import { dashboardText } from "@/messages/dashboard";
import type { Zoom } from "./useZoom";

const text = dashboardText.chart;

type Props = {
  title: string;
  zoom: Zoom;
  asTable: boolean;
  onTable(asTable: boolean): void;
  onRemove: (() => void) | undefined;
};

/** Zoom for those who cannot drag, and the way to the table. */
export function ChartActions({ title, zoom, asTable, onTable, onRemove }: Props) {
  const size = "sm";
  return (
    <div className="flex items-center">
      <IconButton
        size={size}
        label={text.zoomIn}
        icon={<ZoomIn />}
        disabled={!zoom.canIn}
        onClick={() => zoom.in()}
      />
      {zoom.zoomed && (
        <IconButton size={size} label={text.zoomOut} icon={<ZoomOut />} onClick={zoom.out} />
      )}
      {zoom.zoomed && (
        <IconButton
          size={size}
          label={dashboardText.resetZoom}
          icon={<RotateCcw />}
          onClick={zoom.reset}
        />
      )}
      <IconButton
        size={size}
        label={asTable ? text.asChart : text.asTable}
        aria-pressed={asTable}
        icon={asTable ? <ChartLine /> : <Table2 />}
        onClick={() => onTable(!asTable)}
      />
      {onRemove && (
        <IconButton
          size={size}
          label={dashboardText.metrics.remove(title)}
          icon={<X />}
          onClick={onRemove}
        />
      )}
    </div>
  );
}
